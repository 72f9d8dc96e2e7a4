using System.Diagnostics;
using System.Text;

namespace Stillwatch.Evidence.Tests;

/// <summary>
/// Runs a script of tests/oracles under Node, an implementation that is not ours; skips where Node or its packages are absent.
/// </summary>
internal static class NodeOracle
{
    private static readonly string Folder = Path.Combine(Root(), "tests", "oracles");

    /// <summary>What the script writes when it reads <paramref name="input"/>; fails with what it said on standard error.</summary>
    public static async Task<string> RunAsync(string script, string input, params string[] arguments)
    {
        SkipUnlessInstalled();
        var start = new ProcessStartInfo("node", [Path.Combine(Folder, script), .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(false),
            StandardOutputEncoding = Encoding.UTF8,
        };
        using var node = Process.Start(start)!;
        var token = TestContext.Current.CancellationToken;
        var output = node.StandardOutput.ReadToEndAsync(token);
        var faults = node.StandardError.ReadToEndAsync(token);
        await node.StandardInput.WriteAsync(input.AsMemory(), token);
        node.StandardInput.Close();
        await node.WaitForExitAsync(token);
        Assert.True(node.ExitCode == 0, $"{script}: {await faults}");
        return await output;
    }

    private static void SkipUnlessInstalled()
    {
        var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':');
        Assert.SkipUnless(Array.Exists(path, folder => File.Exists(Path.Combine(folder, "node"))), "Node is not installed.");
        var packages = Directory.Exists(Path.Combine(Folder, "node_modules"));
        Assert.SkipUnless(packages, "tests/oracles has no node_modules: ./test fetches them.");
    }

    private static string Root()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "Stillwatch.slnx")))
        {
            directory = directory.Parent;
        }

        return directory?.FullName ?? throw new DirectoryNotFoundException($"No Stillwatch.slnx above {AppContext.BaseDirectory}.");
    }
}
