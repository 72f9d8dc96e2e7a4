namespace Stillwatch.Evidence.Tests;

/// <summary>Published test data beside the checkout; tests that need it skip where it is absent.</summary>
internal static class SharedFolder
{
    /// <summary>A file of shared/data, or a skip with the reason.</summary>
    public static string File(string name)
    {
        var named = Environment.GetEnvironmentVariable("STILLWATCH_SHARED");
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); named is null && folder is not null; folder = folder.Parent)
        {
            var candidate = Path.Combine(folder.FullName, "shared");
            named = Directory.Exists(Path.Combine(candidate, "data")) ? candidate : null;
        }

        var path = named is null ? null : Path.Combine(named, "data", name);
        var isThere = path is not null && System.IO.File.Exists(path);
        Assert.SkipUnless(isThere, $"shared/data/{name} is not beside the checkout; STILLWATCH_SHARED may name shared.");
        return path!;
    }
}
