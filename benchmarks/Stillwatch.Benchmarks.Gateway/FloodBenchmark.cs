using System.Diagnostics;

namespace Stillwatch.Benchmarks.Gateway;

/// <summary>How many bad keys a second one core refuses, and what an honest client notices of them.</summary>
/// <remarks>
/// nginx beside it refuses by a header, which is the least that any check can cost. One gateway tells of every bad key at once, the other
/// holds refusals back as the default is; the rate of each connection is what its client makes of that.
/// </remarks>
internal static class FloodBenchmark
{
    private const string BadKey = "sw-abcdefghijkm-0000000000000000000000000000000000000000000";
    private const int MostConnections = 32;
    private const int PaceMs = 3;

    public static async Task<int> RunAsync(int seconds)
    {
        await using var rig = await Rig.StartAsync(streams: false, quick: true);
        await rig.StartGatewayAtOnceAsync();
        (string Name, int Port, int Connections)[] rows =
        [
            ("nginx", Rig.Nginx, 64), ("gateway, refusing at once", Rig.GatewayAtOnce, 64), ("gateway, holding back", Rig.GatewayToLog, 64),
            ("gateway, holding back", Rig.GatewayToLog, 1024),
        ];
        Console.WriteLine(
            $"{"bad keys",-28}{"most a second",14}{"connections",13}{"beside",9}"
            + $"{"p50 alone",11}{"beside",9}{"p99 alone",11}{"beside",9}{"moves",9}");
        foreach (var (name, port, connections) in rows)
        {
            await Wrk.RefusedAsync(port, BadKey, 3, MostConnections);
            Honest(port, rig.Key, 2);
            var most = await Wrk.RefusedAsync(port, BadKey, seconds, MostConnections);
            var alone = Honest(port, rig.Key, seconds);
            var flood = Wrk.RefusedAsync(port, BadKey, seconds + 2, connections, PaceMs);
            await Task.Delay(1000);
            var beside = Honest(port, rig.Key, seconds);
            var (a50, a99) = (Quantiles.At(alone, 0.5), Quantiles.At(alone, 0.99));
            var (b50, b99) = (Quantiles.At(beside, 0.5), Quantiles.At(beside, 0.99));
            Console.WriteLine(
                $"{name,-28}{most,14:F0}{connections,13}{await flood,9:F0}"
                + $"{a50,11:F0}{b50,9:F0}{a99,11:F0}{b99,9:F0}{(b99 / a99) - 1,9:P0}");
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
