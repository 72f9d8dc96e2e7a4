using System.IO.Compression;

namespace Stillwatch.Evidence.Tests;

/// <summary>Data that lie beside the checkout, in the folder shared/data, and are no part of it.</summary>
internal static class SharedFolder
{
    /// <summary>A file or folder of the data; skips the test where it is absent.</summary>
    public static string Data(string name)
    {
        var named = Environment.GetEnvironmentVariable("STILLWATCH_SHARED");
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null && named is null; folder = folder.Parent)
        {
            var beside = Path.Combine(folder.FullName, "shared");
            named = Path.Exists(Path.Combine(beside, "data", name)) ? beside : null;
        }

        Assert.SkipWhen(named is null, $"shared/data/{name} is not beside the checkout; STILLWATCH_SHARED may name the folder.");
        return Path.Combine(named!, "data", name);
    }

    /// <summary>The lines of a gzip file of the data.</summary>
    public static IReadOnlyList<string> Lines(string name)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(Data(name)), CompressionMode.Decompress));
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
