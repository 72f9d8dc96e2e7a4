using System.Diagnostics;
using System.Globalization;
using Stillwatch.Evidence.Decisions;
using Stillwatch.Gateway.Policies.Switches;

namespace Stillwatch.Benchmarks.Gateway;

/// <summary>How long after a switch is confirmed each of many waiting streams hears of it, and what entering costs a request.</summary>
internal static class SwitchBenchmark
{
    private const int Streams = 10_000;
    private const int Rounds = 10;

    public static async Task<int> RunAsync()
    {
        List<double> waits = [];
        for (var round = 0; round < Rounds; round++)
        {
            waits.AddRange(await StopAsync());
        }

        waits.Sort();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"  {Streams} streams, {Rounds} times: p50 {At(waits, 0.5):0.0} ms, p99 {At(waits, 0.99):0.0} ms, last {At(waits, 1):0.0} ms"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  entering and leaving: {Enter():0} ns a request"));
        return 0;
    }

    private static double At(List<double> sorted, double share) => sorted[(int)(share * (sorted.Count - 1))];

    private static async Task<IReadOnlyList<double>> StopAsync()
    {
        var switches = new KillSwitches(TimeProvider.System);
        var desk = new SwitchDesk(new FollowedLog(switches), [], TimeProvider.System);
        await desk.TakeAsync(SwitchScope.All, SwitchStep.Proposed, "a", "benchmark", null, null, CancellationToken.None);
        var start = 0L;
        var streams = Enumerable.Range(0, Streams).Select(async _ =>
        {
            using var pass = switches.Enter(new("o", "m", "r"));
            await Task.Delay(Timeout.Infinite, pass.Stopped).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }).ToList();
        start = Stopwatch.GetTimestamp();
        await desk.TakeAsync(SwitchScope.All, SwitchStep.Confirmed, "b", "benchmark", null, null, CancellationToken.None);
        return await Task.WhenAll(streams);
    }

    private static double Enter()
    {
        const int Count = 1_000_000;
        var switches = new KillSwitches(TimeProvider.System);
        var best = double.MaxValue;
        for (var round = 0; round < Rounds; round++)
        {
            var start = Stopwatch.GetTimestamp();
            for (var i = 0; i < Count; i++)
            {
                switches.Enter(new("o", "m", "r")).Dispose();
            }

            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalNanoseconds / Count);
        }

        return best;
    }

    private sealed class FollowedLog(KillSwitches switches) : ISwitchLog
    {
        public Task AppendAsync(DecisionEntry entry, CancellationToken cancellationToken)
        {
            switches.Apply(entry);
            return Task.CompletedTask;
        }
    }
}
