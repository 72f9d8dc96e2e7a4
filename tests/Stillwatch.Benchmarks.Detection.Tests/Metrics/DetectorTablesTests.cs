using Stillwatch.Benchmarks.Detection.Coordination;
using Stillwatch.Benchmarks.Detection.Metrics;

namespace Stillwatch.Benchmarks.Detection.Tests.Metrics;

public sealed class DetectorTablesTests
{
    /// <summary>
    /// Two seeds of four accounts: the detector finds both campaign accounts once, and one of two with a false one the other time.
    /// </summary>
    [Fact]
    public void Write_TwoSeeds_GivesMeansIntervalsAndPooledCounts()
    {
        var truth = new LabelledAccounts(
            [true, true, false, false], [true, true, true, true], [0, 0, -1, -1], ["f", "f", "chatter", "app"]);
        var exact = new Suspicion([2, 2, 0, 0], [true, true, false, false], [[0, 1]]);
        var half = new Suspicion([2, 0, 2, 0], [true, false, true, false], [[0, 2]]);
        using var text = new StringWriter();
        new DetectorTables([DetectorRun.Of("d", exact, truth, 1), DetectorRun.Of("d", half, truth, 2)], text).Write();
        var written = text.ToString();
        Assert.Contains("| d | 75.0 (50.0–100.0) | 75.0 (50.0–100.0) | 1 of 4 |", written, StringComparison.Ordinal);
        Assert.Contains("| detector | f |\n| --- | ---: |\n| d | 75 |\n", written, StringComparison.Ordinal);
        Assert.Contains("| detector | app | chatter |\n| --- | ---: | ---: |\n| d | 0 | 50 |\n", written, StringComparison.Ordinal);
        Assert.Contains("| d | 1.5 |\n", written, StringComparison.Ordinal);
    }
}
