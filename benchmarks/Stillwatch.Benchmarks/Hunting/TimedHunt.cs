using System.Diagnostics;
using System.Globalization;
using Stillwatch.Hunting;
using Stillwatch.Store;
using Stillwatch.Store.Engine;

namespace Stillwatch.Benchmarks.Hunting;

/// <summary>One hunt over a store, stage by stage, with the floor beside it and the peak of memory.</summary>
internal sealed class TimedHunt : IProgress<HuntStage>
{
    private const double KilobytesPerGigabyte = 1024 * 1024;

    private readonly List<(HuntStage Stage, long At, TimeSpan Processor)> _stages = [];

    /// <inheritdoc/>
    public void Report(HuntStage value) => _stages.Add((value, Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime));

    public static async Task<int> RunAsync(string directory)
    {
        await using var store = await InteractionStore.OpenAsync(directory);
        var hunt = new TimedHunt();
        var seconds = await hunt.RunAsync(store);
        var peak = PeakGigabytes();
        var floor = await FloorAsync(store.Engine);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"  hunt {seconds:0.0} s, peak {peak:0.0} GB; floor {floor:0.0} s (ratio {seconds / floor:0.0})"));
        return 0;
    }

    private async Task<double> RunAsync(InteractionStore store)
    {
        var clock = Stopwatch.StartNew();
        var result = await new Hunt(store, new()).RunAsync(this, CancellationToken.None);
        var seconds = clock.Elapsed.TotalSeconds;
        Report(default);
        foreach (var (stage, next) in _stages.Zip(_stages.Skip(1)))
        {
            var took = Stopwatch.GetElapsedTime(stage.At, next.At).TotalSeconds;
            var processor = (next.Processor - stage.Processor).TotalSeconds;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"    {stage.Stage,-12} {took,6:0.0} s, {processor,5:0.0} s of processors"));
        }

        var (interactions, accounts) = (result.Findings.Interactions, result.Findings.AccountsSeen);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"  {interactions:#,0} interactions of {accounts:#,0} accounts, {result.Findings.Campaigns.Count} campaigns"));
        return seconds;
    }

    /// <summary>What the engine alone needs for the simplest summary of every account.</summary>
    private static async Task<double> FloorAsync(ClickHouseEngine engine)
    {
        var clock = Stopwatch.StartNew();
        var query = Sql.Of("SELECT account, count(), uniq(prompt), uniq(address) FROM interactions GROUP BY account");
        await using var rows = await engine.QueryAsync(query);
        while (rows.Read())
        {
            _ = (rows.UInt64(), rows.UInt64(), rows.UInt64(), rows.UInt64());
        }

        return clock.Elapsed.TotalSeconds;
    }

    private static double PeakGigabytes()
    {
        var line = File.ReadLines("/proc/self/status").First(static line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
        return double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / KilobytesPerGigabyte;
    }
}
