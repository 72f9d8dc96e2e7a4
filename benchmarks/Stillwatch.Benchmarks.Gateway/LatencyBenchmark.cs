using System.Diagnostics;

namespace Stillwatch.Benchmarks.Gateway;

/// <summary>One request at a time; the targets take turns in short blocks, so that slow spells of the machine hit all of them.</summary>
internal static class LatencyBenchmark
{
    private const int Block = 500;
    private const int WarmUpBlocks = 6;

    public static async Task<int> RunAsync(int rounds)
    {
        await using var rig = await Rig.StartAsync(streams: false);
        var clients = Rig.Targets.Select(target => new RawClient(target.Port, rig.Key, Rig.Body)).ToList();
        var times = Rig.Targets.Select(_ => new List<double>(rounds * Block)).ToList();
        for (var round = -WarmUpBlocks; round < rounds; round++)
        {
            for (var target = 0; target < clients.Count; target++)
            {
                for (var i = 0; i < Block; i++)
                {
                    var began = Stopwatch.GetTimestamp();
                    clients[target].Ask();
                    if (round >= 0)
                    {
                        times[target].Add(Stopwatch.GetElapsedTime(began).TotalMicroseconds);
                    }
                }
            }
        }

        Print(times);
        clients.ForEach(client => client.Dispose());
        return 0;
    }

    private static void Print(List<List<double>> times)
    {
        times.ForEach(list => list.Sort());
        Console.WriteLine(
            $"{"microseconds, " + times[0].Count + " requests each",-46}{"p50",8}{"p99",8}"
            + $"{"added p50",11}{"added p99",11}{"times nginx's p50",19}");
        var nginx = Quantiles.At(times[1], 0.5) - Quantiles.At(times[0], 0.5);
        for (var i = 0; i < times.Count; i++)
        {
            var (p50, p99) = (Quantiles.At(times[i], 0.5), Quantiles.At(times[i], 0.99));
            var (added50, added99) = (p50 - Quantiles.At(times[0], 0.5), p99 - Quantiles.At(times[0], 0.99));
            Console.WriteLine(
                $"{Rig.Targets[i].Name,-46}{p50,8:F0}{p99,8:F0}{added50,11:F0}{added99,11:F0}{(i == 0 ? "" : $"{added50 / nginx:F2}"),19}");
        }
    }
}
