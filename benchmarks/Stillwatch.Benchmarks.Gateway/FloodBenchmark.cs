using System.Diagnostics;

namespace Stillwatch.Benchmarks.Gateway;

/// <summary>How many bad keys a second one core refuses, and what an honest client notices of them.</summary>
/// <remarks>nginx beside it refuses by a header, which is the least that any check can cost.</remarks>
internal static class FloodBenchmark
{
    private const string BadKey = "sw-abcdefghijkm-0000000000000000000000000000000000000000000";
    private const int PacedConnections = 64;
    private const int PaceMs = 3;

    public static async Task<int> RunAsync(int seconds)
    {
        await using var rig = await Rig.StartAsync(streams: false, quick: true);
        (string Name, int Port)[] targets = [("nginx", Rig.Nginx), ("gateway, interactions to logs", Rig.GatewayToLog)];
        Console.WriteLine(
            $"{"bad keys",-46}{"most a second",14}{"beside",9}{"p50 alone",11}{"beside",9}{"p99 alone",11}{"beside",9}{"moves",9}");
        foreach (var (name, port) in targets)
        {
            await Wrk.RefusedAsync(port, BadKey, 3, 32);
            Honest(port, rig.Key, 2);
            var most = await Wrk.RefusedAsync(port, BadKey, seconds, 32);
            var alone = Honest(port, rig.Key, seconds);
            var flood = Wrk.RefusedAsync(port, BadKey, seconds + 2, PacedConnections, PaceMs);
            await Task.Delay(1000);
            var beside = Honest(port, rig.Key, seconds);
            var (a50, a99) = (Quantiles.At(alone, 0.5), Quantiles.At(alone, 0.99));
            var (b50, b99) = (Quantiles.At(beside, 0.5), Quantiles.At(beside, 0.99));
            Console.WriteLine(
                $"{name,-46}{most,14:F0}{await flood,9:F0}{a50,11:F0}{b50,9:F0}{a99,11:F0}{b99,9:F0}{(b99 / a99) - 1,9:P0}");
        }

        return 0;
    }

    /// <summary>One good request after the other; microseconds each, sorted.</summary>
    private static List<double> Honest(int port, string key, int seconds)
    {
        using var client = new RawClient(port, key, Rig.Body);
        var times = new List<double>();
        var start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start).TotalSeconds < seconds)
        {
            var began = Stopwatch.GetTimestamp();
            client.Ask();
            times.Add(Stopwatch.GetElapsedTime(began).TotalMicroseconds);
        }

        times.Sort();
        return times;
    }
}
