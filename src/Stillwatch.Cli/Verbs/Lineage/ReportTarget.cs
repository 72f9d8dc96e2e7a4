using Stillwatch.Cli.Output;
using Stillwatch.Evidence.Dossiers;

namespace Stillwatch.Cli.Verbs.Lineage;

/// <summary>Where files go that belong together: a zip file, or a new folder. Stateless.</summary>
internal static class ReportTarget
{
    /// <summary>Whether they can go there, asked before long work.</summary>
    /// <exception cref="UnusableException">They cannot.</exception>
    public static void Check(string target)
    {
        if (IsZip(target))
        {
            ResultTarget.Check(target);
        }
        else if (File.Exists(target) || (Directory.Exists(target) && Directory.EnumerateFileSystemEntries(target).Any()))
        {
            throw new UnusableException($"{target} exists; it goes into a new folder, or into a file whose name ends in .zip.");
        }
    }

    /// <summary>Writes them.</summary>
    public static async Task WriteAsync(DossierFiles files, string target, CancellationToken cancellation)
    {
        if (!IsZip(target))
        {
            files.WriteTo(target);
            return;
        }

        var zip = StoredZip.Write(files);
        await ResultTarget.WriteAsync(target, async (stream, token) => await stream.WriteAsync(zip, token), cancellation);
    }

    private static bool IsZip(string target) => target.EndsWith(".zip", StringComparison.OrdinalIgnoreCase);
}
