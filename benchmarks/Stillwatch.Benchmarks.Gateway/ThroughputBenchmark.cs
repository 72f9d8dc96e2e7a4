using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Stillwatch.Benchmarks.Gateway;

/// <summary>How many requests a second one core forwards, driven by wrk from the other; the targets take turns.</summary>
/// <remarks>Beside it the processor time that a request takes, which other work on the machine distorts less than the rate.</remarks>
internal static partial class ThroughputBenchmark
{
    private const int Connections = 32;

    public static async Task<int> RunAsync(int seconds, int rounds)
    {
        await using var rig = await Rig.StartAsync(streams: false);
        var rates = Rig.Targets.ToDictionary(target => target.Port, _ => new List<double>());
        foreach (var (_, port) in Rig.Targets)
        {
            await DriveAsync(port, rig.Key, 3);
        }

        var costs = Rig.Targets.ToDictionary(target => target.Port, _ => new List<double>());
        for (var round = 0; round < rounds; round++)
        {
            foreach (var (_, port) in Rig.Targets)
            {
                var before = rig.ProcessorTimeOf(port);
                rates[port].Add(await DriveAsync(port, rig.Key, seconds));
                costs[port].Add((rig.ProcessorTimeOf(port) - before) / (rates[port][^1] * seconds) * 1e6);
            }
        }

        var (nginx, bare) = (Median(rates[Rig.Nginx]), Median(rates[Rig.Bare]));
        Console.WriteLine(
            $"{"requests a second of one core, median of " + rounds,-46}{"median",9}{"least",9}{"most",9}"
            + $"{"of bare",9}{"of nginx",10}{"CPU us",9}{"of bare",9}{"of nginx",10}{"MB",7}");
        foreach (var (name, port) in Rig.Targets)
        {
            var (median, cost) = (Median(rates[port]), Median(costs[port]));
            var memory = port is Rig.Direct or Rig.Nginx ? "" : $"{rig.MemoryOf(port):F0}";
            Console.WriteLine(
                $"{name,-46}{median,9:F0}{rates[port].Min(),9:F0}{rates[port].Max(),9:F0}"
                + $"{median / bare,9:F2}{median / nginx,10:F2}{cost,9:F1}{Median(costs[Rig.Bare]) / cost,9:F2}"
                + $"{Median(costs[Rig.Nginx]) / cost,10:F2}{memory,7}");
        }

        return 0;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private static async Task<double> DriveAsync(int port, string key, int seconds)
    {
        var script = Path.GetTempFileName();
        await File.WriteAllTextAsync(script, $$"""
            wrk.method = "POST"
            wrk.body = '{{Rig.Body}}'
            wrk.headers["Content-Type"] = "application/json"
            wrk.headers["Authorization"] = "Bearer {{key}}"
            """);
        var start = new ProcessStartInfo("taskset",
            ["-c", "1", "wrk", "-t1", $"-c{Connections}", $"-d{seconds}s", "-s", script, $"http://127.0.0.1:{port}/v1/chat/completions"])
        {
            RedirectStandardOutput = true,
        };
        using var wrk = Process.Start(start)!;
        var output = await wrk.StandardOutput.ReadToEndAsync();
        await wrk.WaitForExitAsync();
        File.Delete(script);
        var isValid = !output.Contains("Non-2xx", StringComparison.Ordinal) && !output.Contains("Socket errors", StringComparison.Ordinal);
        return isValid
            ? double.Parse(Rate().Match(output).Groups[1].Value, CultureInfo.InvariantCulture)
            : throw new InvalidOperationException($"A window with failures is invalid:\n{output}");
    }

    [GeneratedRegex(@"Requests/sec:\s+([0-9.]+)")]
    private static partial Regex Rate();
}
