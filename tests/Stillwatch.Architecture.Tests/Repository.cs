namespace Stillwatch.Architecture.Tests;

/// <summary>The checkout that these tests were built from.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    /// <summary>The product's source files, repository-relative with forward slashes.</summary>
    public static IReadOnlyList<string> SourceFiles(params string[] folders) =>
    [
        .. folders.SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories))
            .Select(path => Path.GetRelativePath(Root, path))
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>One assembly a project under src.</summary>
    public static IReadOnlyList<string> ProductAssemblies { get; } =
        [.. Directory.GetDirectories(Path.Combine(Root, "src")).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    public static string PathOf(string relative) => Path.Combine(Root, relative);

    public static string Assembly(string name) => Path.Combine(AppContext.BaseDirectory, $"{name}.dll");

    private static string Find()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "Stillwatch.slnx")))
        {
            directory = directory.Parent;
        }

        return directory?.FullName ?? throw new DirectoryNotFoundException($"No Stillwatch.slnx above {AppContext.BaseDirectory}.");
    }
}
