using Stillwatch.Benchmarks.Detection.Nulls;
using Stillwatch.Statistics;

namespace Stillwatch.Benchmarks.Detection.Tests.Nulls;

public sealed class BettingLimitTests
{
    [Fact]
    public void Lower_NoValues_IsNothing() => Assert.Equal(0, BettingLimit.Lower([], 100, 0.95), 12);

    /// <summary>Values that never vary come closer with their number, from below.</summary>
    [Fact]
    public void Lower_EqualValues_ComesCloserFromBelow()
    {
        var limits = new[] { 10, 100, 1000 }
            .Select(static count => BettingLimit.Lower([.. Enumerable.Repeat(2.0, count)], 100, 0.95)).ToArray();
        Assert.True(limits[0] < limits[1] && limits[1] < limits[2] && limits[2] < 2);
        Assert.InRange(limits[2], 1.9, 2);
    }

    /// <summary>
    /// One value of two: the single bet of fraction f wins f (2/m - 1) for value 2 m; the limit is where the mean over the fractions is 20.
    /// </summary>
    [Fact]
    public void Lower_OneValue_IsWhereTheCapitalReachesTwenty()
    {
        var limit = BettingLimit.Lower([1.0], 1, 0.95);
        var capital = new MixtureBetting(limit, Alternative.Greater);
        capital.Observe(1);
        Assert.Equal(20, capital.Capital.Value, 6);
    }

    /// <summary>
    /// Rare large values, where a bootstrap misses the mean too often: of 200 samples at most 5 % may have their limit above it; a mean
    /// two and a half times as large must be told from it in most.
    /// </summary>
    [Fact]
    public void Lower_RareLargeValues_HoldsItsLevelAndHasPower()
    {
        const double mean = 1;
        var (misses, found) = (0, 0);
        for (var sample = 0; sample < 200; sample++)
        {
            var generator = new SeededGenerator(8, (ulong)sample);
            var values = Enumerable.Range(0, 200).Select(_ => generator.NextDouble() < 0.02 ? 40 : 0.2 / 0.98).ToArray();
            misses += BettingLimit.Lower(values, 100, 0.95) > mean ? 1 : 0;
            found += BettingLimit.Lower([.. values.Select(static value => 2.5 * value)], 100, 0.95) > mean ? 1 : 0;
        }

        Assert.InRange(misses, 0, 10);
        Assert.InRange(found, 50, 200);
    }
}
