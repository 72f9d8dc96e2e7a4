using System.CommandLine;
using Stillwatch.Cli.Output;
using Stillwatch.Evidence.Sharing.Stix.Import;

namespace Stillwatch.Cli.Verbs.Sharing;

/// <summary>STIX bundles of others as indicators.</summary>
internal static class IndicatorFiles
{
    private const int ShownReasons = 5;

    /// <summary>The option of verbs that hunt.</summary>
    public static Option<string[]> Option() => new("--indicators")
    {
        HelpName = "FILE",
        Description = "A STIX 2.1 bundle of others; may be given again. A match raises an account to review, never to more.",
    };

    /// <summary>The bundles of some files.</summary>
    /// <exception cref="InvalidDataException">A file is no STIX bundle.</exception>
    public static async Task<IReadOnlyList<ReceivedBundle>> BundlesAsync(IEnumerable<string> paths, CancellationToken cancellation)
    {
        var bundles = new List<ReceivedBundle>();
        foreach (var path in paths)
        {
            await using var file = InputStream.Open(path);
            bundles.Add(await ReceivedBundle.ReadAsync(file, path, cancellation));
        }

        return bundles;
    }

    /// <summary>What a hunt can use of some files; what it cannot is told.</summary>
    public static async Task<IndicatorImport> ReadAsync(IReadOnlyList<string> paths, Terminal terminal, CancellationToken cancellation)
    {
        if (paths.Count == 0)
        {
            return new IndicatorImport([], []);
        }

        var import = IndicatorImport.Of(await BundlesAsync(paths, cancellation));
        foreach (var skipped in import.Skipped.Take(ShownReasons))
        {
            terminal.Warn($"{skipped.Id} does nothing: {skipped.Reason}");
        }

        terminal.Note($"{import.Indicators.Count} indicators to look for, {import.Skipped.Count} that do nothing");
        return import;
    }
}
