using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Stillwatch.Benchmarks.Gateway;

/// <summary>The program that drives connections, on core 1.</summary>
internal static partial class Wrk
{
    /// <summary>Requests a second, each of which has to succeed.</summary>
    public static async Task<double> SucceededAsync(int port, string key, int seconds, int connections)
    {
        var more = port != Rig.Portkey ? "" : $"""
            wrk.headers["x-portkey-provider"] = "openai"
            wrk.headers["x-portkey-custom-host"] = "http://127.0.0.1:{Rig.Direct}/v1"
            """;
        var output = await RunAsync(port, key, seconds, connections, more);
        return Failed().IsMatch(output) || SocketErrors().IsMatch(output)
            ? throw new InvalidOperationException($"A window with failures is invalid:\n{output}")
            : RateOf(output);
    }

    /// <summary>Requests a second, each of which has to be refused.</summary>
    /// <param name="port">Where.</param>
    /// <param name="key">A key that nobody has.</param>
    /// <param name="seconds">How long.</param>
    /// <param name="connections">How many.</param>
    /// <param name="paceMs">How long each connection waits after a reply.</param>
    public static async Task<double> RefusedAsync(int port, string key, int seconds, int connections, int paceMs = 0)
    {
        var pace = paceMs == 0 ? "" : $"function delay() return {paceMs} end\n";
        var output = await RunAsync(port, key, seconds, connections, $"{pace}wrk.headers[\"X-Refuse\"] = \"1\"\n");
        var requests = long.Parse(Requests().Match(output).Groups[1].Value, CultureInfo.InvariantCulture);
        var isValid = Failed().Match(output) is { Success: true } failed
            && long.Parse(failed.Groups[1].Value, CultureInfo.InvariantCulture) == requests && !SocketErrors().IsMatch(output);
        return isValid ? RateOf(output) : throw new InvalidOperationException($"Not all were refused:\n{output}");
    }

    private static async Task<string> RunAsync(int port, string key, int seconds, int connections, string more)
    {
        var script = Path.GetTempFileName();
        await File.WriteAllTextAsync(script, $$"""
            wrk.method = "POST"
            wrk.body = '{{Rig.Body}}'
            wrk.headers["Content-Type"] = "application/json"
            wrk.headers["Authorization"] = "Bearer {{key}}"
            {{more}}
            """);
        string[] arguments =
        [
            "-c", "1", "wrk", "-t1", $"-c{connections}", $"-d{seconds}s", "--timeout", "10s", "-s", script,
            $"http://127.0.0.1:{port}/v1/chat/completions",
        ];
        using var wrk = Process.Start(new ProcessStartInfo("taskset", arguments) { RedirectStandardOutput = true })!;
        var output = await wrk.StandardOutput.ReadToEndAsync();
        await wrk.WaitForExitAsync();
        File.Delete(script);
        return output;
    }

    private static double RateOf(string output) => double.Parse(Rate().Match(output).Groups[1].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"Requests/sec:\s+([0-9.]+)")]
    private static partial Regex Rate();

    [GeneratedRegex("([0-9]+) requests in")]
    private static partial Regex Requests();

    [GeneratedRegex("Non-2xx or 3xx responses: ([0-9]+)")]
    private static partial Regex Failed();

    [GeneratedRegex("Socket errors")]
    private static partial Regex SocketErrors();
}
