using Stillwatch.Statistics;

namespace Stillwatch.Tests.Statistics;

public sealed class BettingTests
{
    private static readonly double[] Values = [0.2, 0.9, 0.6, 1.0, 0.0, 0.7, 0.8];

    /// <summary>python3: the mean over the 24 fractions of prod(1 + f (x/0.4 - 1)), and of prod(1 + f ((1 - x)/0.6 - 1)).</summary>
    [Fact]
    public void MixtureBetting_GoldenValues_Agree()
    {
        Assert.Equal(1.4171001709127828, After(new MixtureBetting(0.4, Alternative.Greater)).Capital.Value, 1e-12);
        Assert.Equal(0.5263997583053756, After(new MixtureBetting(0.4, Alternative.Less)).Capital.Value, 1e-12);
        Assert.Equal(1.9434999292181584 / 2, After(new MixtureBetting(0.4, Alternative.TwoSided)).Capital.Value, 1e-12);
    }

    /// <summary>python3: both products of the predictable plug-in bets, from the formulas of the paper, level 0.01.</summary>
    [Fact]
    public void HedgedCapital_GoldenValues_Agree()
    {
        Assert.Equal(2.74932861328125, After(new HedgedCapital(0.4, Alternative.Greater)).Capital.Value, 1e-12);
        Assert.Equal(0.18904320987654316, After(new HedgedCapital(0.4, Alternative.Less)).Capital.Value, 1e-12);
        Assert.Equal(2.93837182315779316 / 2, After(new HedgedCapital(0.4, Alternative.TwoSided)).Capital.Value, 1e-12);
    }

    [Fact]
    public void Peak_AfterALoss_StaysWhereItWas()
    {
        var betting = new MixtureBetting(0.4, Alternative.Greater);
        var peak = 1.0;
        foreach (var value in Values)
        {
            betting.Observe(value);
            peak = Math.Max(peak, betting.Capital.Value);
        }

        Assert.Equal(peak, betting.Peak.Value, 1e-12);
        Assert.True(betting.Peak > betting.Capital || peak == betting.Capital.Value);
        Assert.Equal(1 / peak, betting.AnytimePValue.Probability, 1e-12);
        Assert.Equal(7, betting.Observations);
    }

    [Theory]
    [InlineData(Alternative.Greater)]
    [InlineData(Alternative.Less)]
    [InlineData(Alternative.TwoSided)]
    public void Snapshot_Continued_IsBitForBitTheSame(Alternative alternative)
    {
        var (mixture, hedged) = (After(new MixtureBetting(0.4, alternative)), After(new HedgedCapital(0.4, alternative)));
        var (mixtureAgain, hedgedAgain) = (new MixtureBetting(mixture.ToSnapshot()), new HedgedCapital(hedged.ToSnapshot()));
        Assert.Equal(After(mixture).Capital, After(mixtureAgain).Capital);
        Assert.Equal(mixture.AnytimePValue, mixtureAgain.AnytimePValue);
        Assert.Equal(After(hedged).Capital, After(hedgedAgain).Capital);
        Assert.Equal(hedged.ToSnapshot(), hedgedAgain.ToSnapshot());
    }

    [Fact]
    public void BadArguments_AreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new MixtureBetting(0, Alternative.Greater));
        Assert.Throws<ArgumentOutOfRangeException>(() => new MixtureBetting(0.5, (Alternative)9));
        Assert.Throws<ArgumentOutOfRangeException>(() => new MixtureBetting(0.5, Alternative.Greater).Observe(1.01));
        Assert.Throws<ArgumentException>(() => new MixtureBetting(new(0.5, Alternative.Greater, 1, 0, [1, 2, 3])));
        Assert.Throws<ArgumentOutOfRangeException>(() => new HedgedCapital(0.5, Alternative.Greater, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new HedgedCapital(0.5, Alternative.Greater).Observe(double.NaN));
    }

    [Theory]
    [InlineData(Alternative.Greater)]
    [InlineData(Alternative.Less)]
    [InlineData(Alternative.TwoSided)]
    public void Capital_UnderTheNull_HasExpectationAtMostOne(Alternative alternative)
    {
        NullCalibration.AssertExpectationAtMostOne(141, (ref g) => Play(ref g, new MixtureBetting(0.3, alternative), 30).Capital);
        NullCalibration.AssertExpectationAtMostOne(142, (ref g) => Play(ref g, new HedgedCapital(0.3, alternative), 40).Capital);
    }

    [Theory]
    [InlineData(Alternative.Greater)]
    [InlineData(Alternative.Less)]
    [InlineData(Alternative.TwoSided)]
    public void AnytimePValue_UnderTheNull_IsSuperUniform(Alternative alternative)
    {
        NullCalibration.AssertSuperUniform(143, (ref g) => Play(ref g, new MixtureBetting(0.3, alternative), 30).AnytimePValue);
        NullCalibration.AssertSuperUniform(144, (ref g) => Play(ref g, new HedgedCapital(0.3, alternative), 40).AnytimePValue);
    }

    /// <summary>Values that depend on the past, but whose conditional mean is the null mean.</summary>
    [Fact]
    public void Capital_OfAMartingaleDifference_HasExpectationAtMostOne() => NullCalibration.AssertExpectationAtMostOne(145, (ref g) =>
    {
        var (betting, last) = (new MixtureBetting(0.3, Alternative.Greater), 0.3);
        for (var i = 0; i < 25; i++)
        {
            last = last > 0.3 ? (g.Bernoulli(0.3) ? 1 : 0) : 0.6 * g.NextDouble();
            betting.Observe(last);
        }

        return betting.Capital;
    });

    [Fact]
    public void AnytimePValue_PlantedEffect_IsSmall()
    {
        const Alternative Greater = Alternative.Greater, Less = Alternative.Less, Both = Alternative.TwoSided;
        NullCalibration.AssertDetects(146, (ref g) => Play(ref g, new MixtureBetting(0.15, Greater), 120).AnytimePValue, 0.01, 0.9);
        NullCalibration.AssertDetects(147, (ref g) => Play(ref g, new MixtureBetting(0.45, Less), 120).AnytimePValue, 0.01, 0.9);
        NullCalibration.AssertDetects(148, (ref g) => Play(ref g, new HedgedCapital(0.15, Greater), 120).AnytimePValue, 0.01, 0.9);
        NullCalibration.AssertDetects(149, (ref g) => Play(ref g, new HedgedCapital(0.45, Both), 120).AnytimePValue, 0.01, 0.9);
    }

    private static MixtureBetting After(MixtureBetting betting)
    {
        Array.ForEach(Values, betting.Observe);
        return betting;
    }

    private static HedgedCapital After(HedgedCapital betting)
    {
        Array.ForEach(Values, betting.Observe);
        return betting;
    }

    private static MixtureBetting Play(ref SeededGenerator generator, MixtureBetting betting, int values)
    {
        for (var i = 0; i < values; i++)
        {
            betting.Observe(MeanThreeTenths(ref generator));
        }

        return betting;
    }

    private static HedgedCapital Play(ref SeededGenerator generator, HedgedCapital betting, int values)
    {
        for (var i = 0; i < values; i++)
        {
            betting.Observe(MeanThreeTenths(ref generator));
        }

        return betting;
    }

    /// <summary>Mean 0.3: the product of two numbers with means 1/2 and 3/5.</summary>
    private static double MeanThreeTenths(ref SeededGenerator generator) => generator.NextDouble() * (generator.Bernoulli(0.2) ? 1 : 0.5);
}
