using System.Diagnostics;

namespace Stillwatch.Architecture.Tests;

/// <summary>Runs the build's own rule on projects made for it.</summary>
public sealed class DependencyRuleTests : IDisposable
{
    private readonly DirectoryInfo _solution = Directory.CreateTempSubdirectory("stillwatch-rule-");

    public void Dispose() => _solution.Delete(recursive: true);

    [Fact]
    public async Task Project_ThatReferencesWhatItMay_Passes()
    {
        var (status, said) = await CheckAsync("Stillwatch.Simulation", "Stillwatch");
        Assert.True(status == 0, said);
    }

    [Fact]
    public async Task Project_ThatReferencesWhatItMayNot_DoesNotBuild()
    {
        var (status, said) = await CheckAsync("Stillwatch", "Stillwatch.Simulation");
        Assert.NotEqual(0, status);
        Assert.Contains("Stillwatch may not reference Stillwatch.Simulation: see", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Project_WithoutALine_DoesNotBuild()
    {
        var (status, said) = await CheckAsync("Stillwatch.Stray", "Stillwatch");
        Assert.NotEqual(0, status);
        Assert.Contains("Stillwatch.Stray has no line in eng/Dependencies.targets.", said, StringComparison.Ordinal);
    }

    private async Task<(int Status, string Said)> CheckAsync(string project, string referenced)
    {
        var directory = Directory.CreateDirectory(Path.Combine(_solution.FullName, "src", project));
        var file = Path.Combine(directory.FullName, $"{project}.csproj");
        await File.WriteAllTextAsync(
            file,
            $"""
            <Project>
              <Import Project="{Repository.PathOf("Directory.Build.props")}" />
              <ItemGroup><ProjectReference Include="../{referenced}/{referenced}.csproj" /></ItemGroup>
              <Import Project="{Repository.PathOf("eng/Dependencies.targets")}" />
            </Project>
            """,
            TestContext.Current.CancellationToken);
        var start = new ProcessStartInfo("dotnet", ["msbuild", file, "-t:CheckDependencyRule", "-nologo", "-nodeReuse:false"])
        {
            RedirectStandardOutput = true,
            WorkingDirectory = Repository.Root,
        };
        using var build = Process.Start(start)!;
        var said = await build.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await build.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (build.ExitCode, said);
    }
}
