using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;

namespace Stillwatch.Gateway.Tests.Policies;

/// <summary>
/// Cedar's own engine (tests/oracles/cedar.mjs, npm @cedar-policy/cedar-wasm); skips where Node or the package is absent. The folder may be
/// another: environment variable STILLWATCH_ORACLES.
/// </summary>
internal static class CedarOracle
{
    /// <summary>The answers to requests, in their order.</summary>
    public static async Task<IReadOnlyList<JsonObject>> DecideAsync(IEnumerable<JsonObject> requests)
    {
        var folder = Environment.GetEnvironmentVariable("STILLWATCH_ORACLES") ?? Path.Combine(Root(), "tests", "oracles");
        SkipUnlessInstalled(folder);
        var start = new ProcessStartInfo("node", [Path.Combine(folder, "cedar.mjs")])
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
        foreach (var request in requests)
        {
            await node.StandardInput.WriteLineAsync(request.ToJsonString().AsMemory(), token);
        }

        node.StandardInput.Close();
        await node.WaitForExitAsync(token);
        Assert.True(node.ExitCode == 0, await faults);
        var lines = (await output).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return [.. lines.Select(line => JsonNode.Parse(line)!.AsObject())];
    }

    private static void SkipUnlessInstalled(string folder)
    {
        var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':');
        Assert.SkipUnless(Array.Exists(path, entry => File.Exists(Path.Combine(entry, "node"))), "Node is not installed.");
        Assert.SkipUnless(
            Directory.Exists(Path.Combine(folder, "node_modules", "@cedar-policy")),
            "tests/oracles has no @cedar-policy/cedar-wasm: ./test fetches it.");
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
