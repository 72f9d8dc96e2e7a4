using Stillwatch.Benchmarks.Detection.Windows.Contamination;
using Stillwatch.Statistics;

namespace Stillwatch.Benchmarks.Detection.Tests.Windows.Contamination;

public sealed class ContaminationDetectorTests
{
    private const int Reference = 100;
    private const int Calibration = 80;
    private const int Window = 40;
    private const double Level = 0.1;

    [Fact]
    public void PValue_OfBenignWindows_KeepsItsLevel()
    {
        const int Worlds = 200;
        var flagged = Flagged(Worlds, foreign: 0);
        Assert.True(ClopperPearson.Interval(flagged, Worlds, 0.999).Contains(Level), $"{flagged} of {Worlds} flagged.");
    }

    [Fact]
    public void PValue_OfMixedWindows_IsSmall() => Assert.InRange(Flagged(40, foreign: 6), 38, 40);

    /// <summary>Each world has texts of its own, so that the windows are independent.</summary>
    private static int Flagged(int worlds, int foreign)
    {
        var flagged = 0;
        Parallel.For(0, worlds, world =>
        {
            var seed = (ulong)world;
            string[] texts =
                [.. Texts.Benign(Reference + Calibration + Window - foreign, seed), .. Texts.Foreign(foreign, seed)];
            var setting = Texts.Setting(texts, Reference, Calibration, Window);
            var generator = new SeededGenerator(seed, 1);
            int[] window = [.. Enumerable.Range(Reference + Calibration, Window)];
            var p = new ContaminationDetector("all", Level, EvidenceKinds.All).Fit(setting).PValueOf(window, ref generator);
            Interlocked.Add(ref flagged, p.Rejects(Level) ? 1 : 0);
        });
        return flagged;
    }
}
