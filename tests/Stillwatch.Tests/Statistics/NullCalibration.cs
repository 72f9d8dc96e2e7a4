using System.Globalization;
using Stillwatch.Statistics;

namespace Stillwatch.Tests.Statistics;

/// <summary>
/// Simulates a null hypothesis and asserts what p-values and e-values promise of it. Both assertions are tests with a false-alarm
/// probability of 1e-7 or less, and <c>NullCalibrationTests</c> shows that they fail where the promise is broken by a few per cent.
/// </summary>
internal static class NullCalibration
{
    internal const int Nulls = 20_000;

    private const double FalseAlarm = 1e-7;
    private static readonly double[] Levels = [0.001, 0.005, 0.01, 0.05, 0.1, 0.25, 0.5, 0.8];
    private static readonly double[] Stakes = [0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 0.9];

    internal delegate T Draw<T>(ref SeededGenerator generator);

    /// <summary>A p-value is at most u with probability at most u: exact binomial test of the rejection frequency at each level.</summary>
    internal static void AssertSuperUniform(ulong seed, Draw<PValue> draw, int nulls = Nulls)
    {
        var generator = new SeededGenerator(seed);
        var rejections = new long[Levels.Length];
        for (var i = 0; i < nulls; i++)
        {
            var p = draw(ref generator);
            for (var level = 0; level < Levels.Length; level++)
            {
                rejections[level] += p.Rejects(Levels[level]) ? 1 : 0;
            }
        }

        for (var level = 0; level < Levels.Length; level++)
        {
            var doubt = BinomialTail.AtLeast(rejections[level], nulls, Levels[level]);
            Assert.False(doubt.Rejects(FalseAlarm), Describe(seed, nulls, rejections[level], Levels[level], doubt));
        }
    }

    /// <summary>
    /// An e-value has expectation at most 1: capital that bets on the opposite reaches 1/u with probability at most u, whatever the
    /// e-value's distribution (Ville), so a lower confidence bound of the mean above 1 shows as a large capital.
    /// </summary>
    internal static void AssertExpectationAtMostOne(ulong seed, Draw<EValue> draw, int nulls = Nulls)
    {
        var generator = new SeededGenerator(seed);
        var capital = new double[Stakes.Length];
        var mean = 0.0;
        for (var i = 0; i < nulls; i++)
        {
            var value = draw(ref generator).Value;
            mean += value / nulls;
            for (var stake = 0; stake < Stakes.Length; stake++)
            {
                capital[stake] += Math.Log(1 - Stakes[stake] + Stakes[stake] * value);
            }
        }

        var evidence = EValueCombination.Mean([.. capital.Select(EValue.FromNaturalLog)]);
        var text = $"the mean of {nulls} null e-values is {mean.ToString(CultureInfo.InvariantCulture)}";
        Assert.False(evidence.Rejects(FalseAlarm), $"Seed {seed}: {text}; evidence that it exceeds 1: {evidence}.");
    }

    /// <summary>The control: a planted effect is rejected at the level at least as often as the power says.</summary>
    internal static void AssertDetects(ulong seed, Draw<PValue> planted, double level, double power, int trials = 400)
    {
        var generator = new SeededGenerator(seed);
        var rejected = 0;
        for (var i = 0; i < trials; i++)
        {
            rejected += planted(ref generator).Rejects(level) ? 1 : 0;
        }

        Assert.True(rejected >= power * trials, string.Create(
            CultureInfo.InvariantCulture, $"Seed {seed}: {rejected} of {trials} planted effects are rejected at {level}, not {power:P0}."));
    }

    private static string Describe(ulong seed, int nulls, long rejected, double level, PValue doubt) => string.Create(
        CultureInfo.InvariantCulture,
        $"Seed {seed}: {rejected} of {nulls} null p-values are at most {level}, {rejected / (double)nulls} instead; chance {doubt}.");
}
