using System.Diagnostics;

namespace Stillwatch.Cli.Tests.Launching;

/// <summary>
/// A small checkout with the real launcher and the real build rules around a command line that prints its arguments, so that a build
/// takes seconds and can be broken on purpose.
/// </summary>
internal sealed class Checkout : IDisposable
{
    private const string Project =
        """
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework></PropertyGroup>
          <Import Project="../../eng/NativeAssets.targets" />
        </Project>
        """;

    private const string Properties =
        """
        <Project>
          <PropertyGroup>
            <UseArtifactsOutput>true</UseArtifactsOutput>
            <ArtifactsPath>$(MSBuildThisFileDirectory)artifacts</ArtifactsPath>
          </PropertyGroup>
        </Project>
        """;

    private readonly DirectoryInfo _root;

    /// <param name="inside">Where; null for a directory of its own.</param>
    public Checkout(string? inside = null)
    {
        _root = inside is null ? Directory.CreateTempSubdirectory("stillwatch-checkout-") : Directory.CreateDirectory(inside);
        foreach (var file in (string[])["stillwatch", "eng/build.bash", "eng/NativeAssets.targets", "package.json", "package-lock.json"])
        {
            Directory.CreateDirectory(Path.GetDirectoryName(PathOf(file))!);
            File.Copy(Path.Combine(SourceRoot, file), PathOf(file));
        }

        Write("src/Stillwatch.Cli/Stillwatch.Cli.csproj", Project);
        Write("src/Stillwatch.Cli/Program.cs", "System.Console.WriteLine(string.Join('|', args)); return args.Length;");
        Write("Directory.Build.props", Properties);
        Write("Directory.Build.targets", "<Project />");
        Write("Directory.Packages.props", "<Project />");
        Write("global.json", "{}");
    }

    /// <summary>The checkout that these tests were built from.</summary>
    public static string SourceRoot { get; } = Find();

    public string Root => _root.FullName;

    /// <summary>The folder of programs that <see cref="RunBareAsync"/> finds.</summary>
    private string Programs => PathOf("programs");

    public string PathOf(string relative) => Path.Combine(_root.FullName, relative);

    public void Write(string relative, string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(relative))!);
        File.WriteAllText(PathOf(relative), content);
    }

    /// <summary>Uses the assets that this repository's own build has restored.</summary>
    public Checkout WithAssets()
    {
        File.CreateSymbolicLink(PathOf("node_modules"), Path.Combine(SourceRoot, "node_modules"));
        return this;
    }

    /// <summary>A program that only <see cref="RunBareAsync"/> sees, in the place of the machine's own.</summary>
    public Checkout WithProgram(string name, string script)
    {
        Write($"programs/{name}", $"#!/bin/bash\n{script}\n");
        File.SetUnixFileMode(PathOf($"programs/{name}"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        return this;
    }

    public Task<(int Status, string Output, string Errors)> RunAsync(params string[] arguments) =>
        RunAsync(PathOf("stillwatch"), _ => { }, arguments);

    /// <summary>Runs where nothing is installed but a plain Debian and the named programs of this machine.</summary>
    public Task<(int Status, string Output, string Errors)> RunBareAsync(params string[] installed)
    {
        foreach (var program in (string[])[
            "bash", "readlink", "dirname", "find", "uname", "getconf", "flock", "touch", "mkdir", "df", "awk", "sed", "cut", "paste",
            "head", "tail", "grep", "sort", "du", "mv", "rm", "sleep", "setsid", .. installed])
        {
            if (!File.Exists(Path.Combine(Programs, program)))
            {
                Directory.CreateDirectory(Programs);
                File.CreateSymbolicLink(Path.Combine(Programs, program), Which(program));
            }
        }

        return RunAsync(PathOf("stillwatch"), start => start.Environment["PATH"] = Programs);
    }

    public static async Task<(int Status, string Output, string Errors)> RunAsync(
        string program, Action<ProcessStartInfo> prepare, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        prepare(start);
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output, await errors);
    }

    public void Dispose() => _root.Delete(recursive: true);

    private static string Which(string program) =>
        Environment.GetEnvironmentVariable("PATH")!.Split(':').Select(folder => Path.Combine(folder, program)).First(File.Exists);

    private static string Find()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory.FullName, "Stillwatch.slnx")))
        {
            directory = directory.Parent ?? throw new DirectoryNotFoundException($"No Stillwatch.slnx above {AppContext.BaseDirectory}.");
        }

        return directory.FullName;
    }
}
