using FsCheck;
using FsCheck.Fluent;
using Stillwatch.Statistics;

namespace Stillwatch.Tests.Statistics;

public sealed class FalseDiscoveryTests
{
    private static readonly PValue[] Known = [.. new[] { 0.04, 0.001, 0.5, 0.008, 0.03 }.Select(PValue.FromProbability)];

    /// <summary>By hand; R's p.adjust gives the same: 5 x (0.001/1, 0.008/2, 0.03/3, 0.04/4, 0.5/5), made monotone.</summary>
    [Fact]
    public void BenjaminiHochberg_KnownValues_AreAdjustedAsByHand()
    {
        var result = BenjaminiHochberg.Control(Known, 0.05);
        AssertAdjusted([0.05, 0.005, 0.5, 0.02, 0.05], result);
        Assert.Equal([0, 1, 3, 4], result.Rejected);
        Assert.True(result.IsRejected(3));
        Assert.False(result.IsRejected(2));
        Assert.Equal(0.05, result.Level);
    }

    /// <summary>The same times 1 + 1/2 + 1/3 + 1/4 + 1/5 = 137/60.</summary>
    [Fact]
    public void BenjaminiYekutieli_KnownValues_PayTheHarmonicFactor()
    {
        var result = BenjaminiYekutieli.Control(Known, 0.05);
        AssertAdjusted([0.05 * 137 / 60, 0.005 * 137 / 60, 1, 0.02 * 137 / 60, 0.05 * 137 / 60], result);
        Assert.Equal([1, 3], result.Rejected);
    }

    /// <summary>By hand: 4 e-values at level 0.1 need 40 for one, 20 for two, 13.3 for three rejections.</summary>
    [Fact]
    public void EBenjaminiHochberg_KnownValues_AreRejectedAsByHand()
    {
        EValue[] values = [EValue.FromValue(21), EValue.FromValue(0.5), EValue.FromValue(20), EValue.FromValue(13)];
        var result = EBenjaminiHochberg.Control(values, 0.1);
        Assert.Equal([0, 2], result.Rejected);
        AssertAdjusted([0.1, 1, 0.1, 4 / (3 * 13.0)], result);
        Assert.Equal([0, 1], EBenjaminiHochberg.Control([EValue.FromLog10(9000), EValue.FromLog10(8000), EValue.Zero], 1e-9).Rejected);
    }

    [Fact]
    public void Control_EmptyList_RejectsNothing()
    {
        Assert.Empty(BenjaminiHochberg.Control([], 0.05).Rejected);
        Assert.Empty(BenjaminiYekutieli.Control([], 0.05).Adjusted);
        Assert.Empty(EBenjaminiHochberg.Control([], 0.05).Rejected);
        Assert.Throws<ArgumentOutOfRangeException>(() => BenjaminiHochberg.Control(Known, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => EBenjaminiHochberg.Control([], 1));
    }

    [Fact]
    public void BenjaminiHochberg_AnyList_IsTheNaiveProcedure() =>
        Prop.ForAll(Lists(), static list =>
        {
            var result = BenjaminiHochberg.Control([.. list.Select(static part => PValue.FromProbability(part / 1000.0))], 0.1);
            return result.Rejected.SequenceEqual(NaiveBenjaminiHochberg(list)) && AdjustedAgrees(result);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void EBenjaminiHochberg_AnyList_IsTheNaiveProcedure() =>
        Prop.ForAll(Lists(), static list =>
        {
            var result = EBenjaminiHochberg.Control([.. list.Select(static value => EValue.FromValue(value))], 0.1);
            return result.Rejected.SequenceEqual(NaiveEBenjaminiHochberg(list)) && AdjustedAgrees(result);
        }).QuickCheckThrowOnFailure();

    /// <summary>
    /// The false discovery proportion is between 0 and 1, so over the level's promise its mean is tested by betting. Half of the hypotheses
    /// are true; for BY and e-BH the statistics are strongly negatively or positively dependent.
    /// </summary>
    [Fact]
    public void Control_MixedHypotheses_KeepsTheFalseDiscoveryRate()
    {
        AssertRateKept(171, 0.1, static (ref g) => Proportion(BenjaminiHochberg.Control(PValues(ref g, common: 0), 0.2)));
        AssertRateKept(172, 0.2, static (ref g) => Proportion(BenjaminiYekutieli.Control(PValues(ref g, common: 0.9), 0.2)));
        AssertRateKept(173, 0.2, static (ref g) => Proportion(EBenjaminiHochberg.Control(EValues(ref g, common: 0.9), 0.2)));
        AssertRateKept(174, 0.2, static (ref g) => Proportion(EBenjaminiHochberg.Control(AdversarialEValues(ref g), 0.2)));
    }

    /// <summary>Without control, rejecting every p-value up to the level breaks the promise: the test above could have failed.</summary>
    [Fact]
    public void NoControl_MixedHypotheses_BreaksTheFalseDiscoveryRate() => Assert.ThrowsAny<Xunit.Sdk.XunitException>(() =>
        AssertRateKept(175, 0.1, static (ref g) =>
        {
            var rejected = PValues(ref g, common: 0).Select(static (p, index) => (p, index)).Where(static x => x.p.Rejects(0.2)).ToArray();
            return rejected.Length == 0 ? 0 : rejected.Count(static x => x.index % 2 == 0) / (double)rejected.Length;
        }));

    [Fact]
    public void Control_PlantedEffects_AreFound()
    {
        var generator = new SeededGenerator(176);
        var (byBh, byE) = (0, 0);
        for (var i = 0; i < 200; i++)
        {
            byBh += BenjaminiHochberg.Control(PValues(ref generator, 0), 0.1).Rejected.Count(static index => index % 2 == 1);
            byE += EBenjaminiHochberg.Control(EValues(ref generator, 0), 0.1).Rejected.Count(static index => index % 2 == 1);
        }

        Assert.InRange(byBh, 0.6 * 200 * 10, 200 * 10);
        Assert.InRange(byE, 0.3 * 200 * 10, 200 * 10);
    }

    private static Arbitrary<List<int>> Lists() => Gen.Choose(0, 1000).ListOf().Select(static list => list.ToList()).ToArbitrary();

    private static void AssertAdjusted(double[] expected, FalseDiscoveryResult result)
    {
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], result.Adjusted[i].Value, 1e-12);
        }
    }

    /// <summary>Each hypothesis is rejected just at its adjusted level, and the adjusted levels keep the order of size.</summary>
    private static bool AdjustedAgrees(FalseDiscoveryResult result) =>
        result.Adjusted.Select((adjusted, index) => (adjusted, index))
            .All(x => result.IsRejected(x.index) == x.adjusted.Log10 <= Math.Log10(result.Level) + 1e-12);

    private static IEnumerable<int> NaiveBenjaminiHochberg(List<int> thousandths)
    {
        var best = Enumerable.Range(0, thousandths.Count + 1)
            .Last(k => k == 0 || thousandths.Order().ElementAt(k - 1) * thousandths.Count * 10 <= 1000 * k);
        return Enumerable.Range(0, thousandths.Count).Where(i => best > 0 && thousandths[i] <= thousandths.Order().ElementAt(best - 1));
    }

    private static IEnumerable<int> NaiveEBenjaminiHochberg(List<int> values)
    {
        var best = Enumerable.Range(0, values.Count + 1)
            .Last(k => k == 0 || values.OrderDescending().ElementAt(k - 1) * k >= 10 * values.Count);
        return Enumerable.Range(0, values.Count).Where(i => best > 0 && values[i] >= values.OrderDescending().ElementAt(best - 1));
    }

    private static void AssertRateKept(ulong seed, double rate, NullCalibration.Draw<double> proportion)
    {
        var generator = new SeededGenerator(seed);
        var betting = new HedgedCapital(rate, Alternative.Greater);
        for (var i = 0; i < NullCalibration.Nulls; i++)
        {
            betting.Observe(proportion(ref generator));
        }

        var chance = betting.AnytimePValue;
        Assert.False(chance.Rejects(1e-7), $"Seed {seed}: the false discovery rate exceeds {rate}; chance {chance}.");
    }

    /// <summary>The share of true hypotheses, which are those at even places, among the rejected ones.</summary>
    private static double Proportion(FalseDiscoveryResult result) =>
        result.Rejected.Length == 0 ? 0 : result.Rejected.Count(static index => index % 2 == 0) / (double)result.Rejected.Length;

    private static double[] Statistics(ref SeededGenerator generator, double common)
    {
        var (values, shared) = (new double[20], generator.Normal());
        for (var i = 0; i < values.Length; i++)
        {
            var sign = i % 4 < 2 ? 1 : -1;
            values[i] = sign * Math.Sqrt(common) * shared + Math.Sqrt(1 - common) * generator.Normal() + (i % 2 == 1 ? 3.5 : 0);
        }

        return values;
    }

    private static PValue[] PValues(ref SeededGenerator generator, double common) =>
        [.. Statistics(ref generator, common).Select(NormalTail.AtLeast)];

    /// <summary>Likelihood ratios of mean 3.5 to mean 0.</summary>
    private static EValue[] EValues(ref SeededGenerator generator, double common) =>
        [.. Statistics(ref generator, common).Select(static z => EValue.FromNaturalLog(3.5 * z - 3.5 * 3.5 / 2))];

    /// <summary>
    /// All e-values are null and take together the value that just gets k of them rejected, with the probability that this allows.
    /// </summary>
    private static EValue[] AdversarialEValues(ref SeededGenerator generator)
    {
        const int Count = 8;
        var (size, values) = (1 + generator.Next(Count), new EValue[Count]);
        Array.Fill(values, EValue.Zero);
        if (generator.Bernoulli(0.2))
        {
            var chosen = Enumerable.Range(0, Count).ToArray();
            generator.Shuffle<int>(chosen);
            Array.ForEach(chosen[..size], index => values[index] = EValue.FromValue(Count / (0.2 * size)));
        }

        return values;
    }
}
