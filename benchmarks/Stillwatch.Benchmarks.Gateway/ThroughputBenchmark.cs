namespace Stillwatch.Benchmarks.Gateway;

/// <summary>How many requests a second one core forwards, driven by wrk from the other; the targets take turns.</summary>
/// <remarks>Beside it the processor time that a request takes, which other work on the machine distorts less than the rate.</remarks>
internal static class ThroughputBenchmark
{
    private const int Connections = 32;
    private const int WarmUpSeconds = 8;

    public static async Task<int> RunAsync(int seconds, int rounds, string? portkey)
    {
        await using var rig = await Rig.StartAsync(streams: false);
        var targets = Rig.Targets;
        if (portkey is not null)
        {
            await rig.StartPortkeyAsync(portkey);
            targets = [.. targets, ("Portkey, bare", Rig.Portkey)];
        }

        var rates = targets.ToDictionary(target => target.Port, _ => new List<double>());
        foreach (var (_, port) in targets)
        {
            await Wrk.SucceededAsync(port, rig.Key, WarmUpSeconds, Connections);
        }

        var costs = targets.ToDictionary(target => target.Port, _ => new List<double>());
        for (var round = 0; round < rounds; round++)
        {
            foreach (var (_, port) in targets)
            {
                var before = rig.ProcessorTimeOf(port);
                rates[port].Add(await Wrk.SucceededAsync(port, rig.Key, seconds, Connections));
                costs[port].Add((rig.ProcessorTimeOf(port) - before) / (rates[port][^1] * seconds) * 1e6);
            }
        }

        var (nginx, bare) = (Median(rates[Rig.Nginx]), Median(rates[Rig.Bare]));
        Console.WriteLine(
            $"{"requests a second of one core, median of " + rounds,-46}{"median",9}{"least",9}{"most",9}"
            + $"{"of bare",9}{"of nginx",10}{"CPU us",9}{"of bare",9}{"of nginx",10}{"MB",7}");
        foreach (var (name, port) in targets)
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
}
