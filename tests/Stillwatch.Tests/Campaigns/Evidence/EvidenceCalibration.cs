using Stillwatch.Statistics;
using Stillwatch.Tests.Statistics;

namespace Stillwatch.Tests.Campaigns.Evidence;

/// <summary>Simulates a null hypothesis once and asserts what it promises of p-values and of the e-values that they become.</summary>
internal static class EvidenceCalibration
{
    /// <summary>The p-value is at most u with probability at most u, and the e-value is at most 1 on average.</summary>
    internal static void AssertKept(ulong seed, int nulls, NullCalibration.Draw<PValue> chance, Func<PValue, EValue> calibrate)
    {
        var generator = new SeededGenerator(seed);
        var drawn = new PValue[nulls];
        for (var i = 0; i < nulls; i++)
        {
            drawn[i] = chance(ref generator);
        }

        var next = 0;
        NullCalibration.AssertSuperUniform(seed, (ref _) => drawn[next++], nulls);
        next = 0;
        NullCalibration.AssertExpectationAtMostOne(seed, (ref _) => calibrate(drawn[next++]), nulls);
    }

    /// <summary>The calibrator of tests whose p-value cannot be small: draws at random, signs.</summary>
    internal static EValue Root(PValue p) => PToECalibrator.Power(p, 0.5);
}
