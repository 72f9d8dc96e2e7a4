namespace Stillwatch.Benchmarks.Detection.Tests;

/// <summary>Data that lie beside the checkout, in the folder shared/data, and are no part of it.</summary>
internal static class SharedFolder
{
    /// <summary>A folder of the data; skips the test where it is absent.</summary>
    public static string Data(string name)
    {
        var named = Environment.GetEnvironmentVariable("STILLWATCH_SHARED");
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null && named is null; folder = folder.Parent)
        {
            var beside = Path.Combine(folder.FullName, "shared");
            named = Directory.Exists(Path.Combine(beside, "data", name)) ? beside : null;
        }

        Assert.SkipWhen(named is null, $"The folder shared/data/{name} is not beside the checkout; STILLWATCH_SHARED may name it.");
        return Path.Combine(named!, "data", name);
    }
}
