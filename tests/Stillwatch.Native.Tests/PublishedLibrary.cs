using System.Diagnostics;

namespace Stillwatch.Native.Tests;

/// <summary>The library as a host gets it, published when something that it is built from has changed.</summary>
/// <remarks>A class fixture. Where there is no linker, <see cref="Path"/> skips the test that asks.</remarks>
public sealed class PublishedLibrary : IAsyncLifetime
{
    private static readonly string[] BuiltFrom =
    [
        "src/Stillwatch", "src/Stillwatch.Evidence", "src/Stillwatch.Provenance", "src/Stillwatch.Native",
    ];

    private static readonly string Root = FindRoot();

    /// <summary>Classes of tests run at the same time, and a library is linked by one.</summary>
    private static readonly Lazy<Task> Publishing = new(PublishAsync);

    private static string Folder => System.IO.Path.Combine(Root, "artifacts/publish/Stillwatch.Native/release_linux-x64");

    public static string Python => System.IO.Path.Combine(Root, "tests/Stillwatch.Native.Tests/python");

    /// <summary>The folder with the library, its header and its Python module.</summary>
    public static string Published
    {
        get
        {
            SkipWithoutLinker();
            return Folder;
        }
    }

    /// <summary>The library.</summary>
    public static string Path => System.IO.Path.Combine(Published, "libstillwatch_mark.so");

    public async ValueTask InitializeAsync() => await Publishing.Value;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>Runs a program in the repository's root to its end; its output has what it says of errors too.</summary>
    public static async Task<(int Status, string Output)> RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Root,
        };
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await errors);
    }

    private static async Task PublishAsync()
    {
        if (HasLinker && IsStale())
        {
            var (status, output) = await RunAsync(
                "dotnet", "publish", "src/Stillwatch.Native", "-c", "Release", "-v", "q", "-m:1", "-nodeReuse:false");
            Assert.True(status == 0, output);
        }
    }

    private static bool HasLinker => File.Exists("/usr/bin/gcc") || File.Exists("/usr/bin/clang");

    private static void SkipWithoutLinker() =>
        Assert.SkipUnless(HasLinker, "There is no C compiler to link with (Debian: apt-get install gcc).");

    private static bool IsStale()
    {
        var library = System.IO.Path.Combine(Folder, "libstillwatch_mark.so");
        if (!File.Exists(library))
        {
            return true;
        }

        var made = File.GetLastWriteTimeUtc(library);
        return BuiltFrom
            .SelectMany(static folder => Directory.EnumerateFiles(System.IO.Path.Combine(Root, folder), "*", SearchOption.AllDirectories))
            .Concat(Directory.EnumerateFiles(Root, "Directory.*"))
            .Any(file => File.GetLastWriteTimeUtc(file) > made);
    }

    private static string FindRoot()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(System.IO.Path.Combine(directory.FullName, "Stillwatch.slnx")))
        {
            directory = directory.Parent ?? throw new DirectoryNotFoundException($"No Stillwatch.slnx above {AppContext.BaseDirectory}.");
        }

        return directory.FullName;
    }
}
