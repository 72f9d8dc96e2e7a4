using Stillwatch.Provenance.Lineage;
using Stillwatch.Provenance.Watermarking;
using Stillwatch.Statistics;
using Stillwatch.Tests.Statistics;

namespace Stillwatch.Provenance.Tests.Lineage;

public sealed class WeightedPairsTests
{
    private const int Vocabulary = 60;

    private static readonly MarkovModel Teacher = MarkovModel.Draw(Vocabulary, seed: 1);

    [Theory]
    [InlineData(Weighting.Presence)]
    [InlineData(Weighting.Count)]
    [InlineData(Weighting.StandardizedCount)]
    public void ClosedTest_OverRandomKeys_IsSuperUniformAndItsEValueFair(Weighting weighting)
    {
        var pairs = WeightedPairs.Of(Counts(Teacher.Write(500, seed: 2)), weighting, Teacher);
        NullCalibration.AssertSuperUniform(
            81, (ref SeededGenerator generator) => pairs.Test(Key(ref generator)).Test, nulls: 600);
        NullCalibration.AssertExpectationAtMostOne(
            82, (ref SeededGenerator generator) => pairs.Test(Key(ref generator)).Evidence, nulls: 600);
    }

    [Theory]
    [InlineData(Weighting.Difference)]
    [InlineData(Weighting.LogRatio)]
    public void OpenTest_OverRandomKeys_IsSuperUniform(Weighting weighting)
    {
        var pairs = Open(weighting, MarkovModel.Train(Teacher.Write(5000, seed: 4), Teacher, 30), contexts: 8);
        NullCalibration.AssertSuperUniform(
            83, (ref SeededGenerator generator) => pairs.Test(Key(ref generator)).Test, nulls: 600);
    }

    [Fact]
    public void Combined_OverRandomKeys_IsFair()
    {
        var counts = Counts(Teacher.Write(500, seed: 2));
        var (one, other) = (WeightedPairs.Of(counts, Weighting.Count), WeightedPairs.Of(counts, Weighting.StandardizedCount, Teacher));
        NullCalibration.AssertExpectationAtMostOne(
            84,
            (ref SeededGenerator generator) =>
            {
                var key = Key(ref generator);
                return CombinedEvidence.Of(one.Test(key), other.Test(key));
            },
            nulls: 400);
    }

    [Theory]
    [InlineData(Weighting.Count)]
    [InlineData(Weighting.StandardizedCount)]
    public void Stratified_OverRandomKeys_IsFair(Weighting weighting)
    {
        var evidence = new StratifiedEvidence(Counts(Teacher.Write(1500, seed: 2)), weighting, Teacher);
        NullCalibration.AssertExpectationAtMostOne(
            85, (ref SeededGenerator generator) => evidence.Of(Key(ref generator)), nulls: 1000);
    }

    /// <summary>The reference follows from the suspect's outputs, so that this is not the same as with one that is fixed.</summary>
    [Fact]
    public void Calibrated_OverRandomKeys_IsFairAndSuperUniform()
    {
        var counts = new ContextCounts(2);
        counts.Add([], Teacher.Write(400, seed: 2));
        var reference = new CalibratedReference(new CountedReference([Teacher.Write(3000, seed: 3)], 2, Vocabulary), counts);
        var pairs = WeightedPairs.Of(counts, Weighting.StandardizedCount, reference);
        var stratified = new StratifiedEvidence(counts, Weighting.StandardizedCount, reference);
        NullCalibration.AssertSuperUniform(
            86, (ref SeededGenerator generator) => pairs.Test(Key(generator.NextUInt64(), 2)).Test, nulls: 600);
        NullCalibration.AssertExpectationAtMostOne(
            87, (ref SeededGenerator generator) => stratified.Of(Key(generator.NextUInt64(), 2)), nulls: 600);
    }

    [Fact]
    public void Calibrated_ReferenceOfAnotherStyle_AgreesWithTheSuspectAndSumsToOne()
    {
        var counts = new ContextCounts(2);
        var said = Teacher.Write(20_000, seed: 2);
        counts.Add([], said);
        var flat = new CountedReference([], 2, Vocabulary);
        var calibrated = new CalibratedReference(flat, counts);
        var (row, told) = (new double[Vocabulary], Teacher.Row(said[101]));
        calibrated.Fill(said.AsSpan(100..102), row);
        Assert.Equal(1, row.Sum(), 1e-9);
        var most = Array.IndexOf(told, told.Max());
        Assert.InRange(row[most], told[most] * 0.5, told[most] * 2);
        Assert.True(row[most] > 5.0 / Vocabulary);
    }

    /// <summary>What came often leans away from green, what came seldom to it: a sum over both cancels.</summary>
    [Fact]
    public void Stratified_OfASuspectThatLeansEitherWay_IsFoundWhereTheSumIsNot()
    {
        using var bits = new KeyedGreenBits(new byte[16], contextWidth: 1);
        var counts = new ContextCounts(1);
        for (var context = 0; context < 400; context++)
        {
            var isFrequent = context < 10;
            var token = Enumerable.Range(0, 60).First(token => bits.IsGreen([context], token) != isFrequent);
            for (var time = 0; time < (isFrequent ? 40 : 1); time++)
            {
                counts.Add([], [context, token]);
            }
        }

        Assert.False(WeightedPairs.Of(counts, Weighting.Count).Test(bits).Test.Rejects(0.1));
        Assert.True(new StratifiedEvidence(counts, Weighting.Count).Of(bits).Rejects(1e-9));
    }

    [Fact]
    public void Student_OfAFifthMarkedText_IsFoundByControlVariatesFarSoonerThanByDistinctPairs()
    {
        using var bits = new KeyedGreenBits(new byte[16], contextWidth: 1);
        var student = MarkovModel.Train(Teacher.Write(100_000, 5, bits, markedShare: 0.2), Teacher, 30);
        var said = student.Write(30_000, seed: 6);
        var published = new RadioactivityTest(bits);
        published.AddCompletion([], said);
        var closed = WeightedPairs.Of(Counts(said), Weighting.StandardizedCount, Teacher).Test(bits);
        var open = Open(Weighting.Difference, student, Vocabulary).Test(bits);
        Assert.True(closed.Test.Log10 < 2 * published.Result().Test.Log10 - 2, $"{closed.Test} beside {published.Result().Test}");
        Assert.True(open.Test < closed.Test, $"{open.Test} beside {closed.Test}");
        Assert.True(closed.Evidence.ToPValue().Log10 < closed.Test.Log10 * 0.8, $"{closed.Evidence} beside {closed.Test}");
    }

    [Fact]
    public void Sum_ByWholeVocabularyAndByToken_IsTheSame()
    {
        using var bits = new KeyedGreenBits(new byte[16], contextWidth: 1);
        var pairs = new WeightedPairs(1);
        var tokens = Enumerable.Range(0, 400).Select(static token => token * 3).ToArray();
        var weights = tokens.Select(static token => Math.Sin(token)).ToArray();
        pairs.Add([9], tokens, weights);
        pairs.Add([4], tokens.AsSpan(0, 3), weights.AsSpan(0, 3));
        var expected = tokens.Select((token, i) => weights[i] * ((bits.IsGreen([9], token) ? 1 : 0) - 0.5)).Sum()
            + tokens.Take(3).Select((token, i) => weights[i] * ((bits.IsGreen([4], token) ? 1 : 0) - 0.5)).Sum();
        Assert.Equal(expected, pairs.Sum(bits), 1e-9);
    }

    [Fact]
    public void Schemes_WithDependentBitsOrContextsThatComeAgain_AreRefused()
    {
        var pairs = new WeightedPairs(1);
        pairs.Add([1], [2], [1.0]);
        Assert.Throws<ArgumentException>(() => pairs.Add([1], [3], [1.0]));
        Assert.Throws<ArgumentException>(() => pairs.Test(new KgwGreenList(KgwSeeding.Simple, 100, 0.5)));
        Assert.Throws<ArgumentException>(() => WeightedPairs.Of(new ContextCounts(1), Weighting.Difference));
    }

    [Fact]
    public void Counts_LeaveOutContextsOfThePrompt()
    {
        var counts = new ContextCounts(1);
        counts.Add([1, 2], [1, 5, 2, 6, 7]);
        Assert.Equal(2, counts.Total);
        Assert.Equal([5, 6], counts.Contexts.Select(static context => context.Context[0]).Order());
    }

    [Fact]
    public void Tracing_OfManyCustomers_NamesTheOneAndNobodyElse()
    {
        var keys = Enumerable.Range(0, 300).Select(static customer => Key((ulong)customer)).ToArray();
        var student = MarkovModel.Train(Teacher.Write(100_000, 7, keys[123], markedShare: 0.3), Teacher, 30);
        var pairs = WeightedPairs.Of(Counts(student.Write(30_000, seed: 8)), Weighting.StandardizedCount, Teacher);
        var adjusted = CustomerTracing.Adjusted(pairs, keys);
        Assert.Equal([123], Enumerable.Range(0, keys.Length).Where(customer => adjusted[customer].Rejects(1e-6)));
        var innocent = WeightedPairs.Of(Counts(Teacher.Write(30_000, seed: 8)), Weighting.StandardizedCount, Teacher);
        Assert.DoesNotContain(CustomerTracing.Adjusted(innocent, keys), static p => p.Rejects(1e-3));
    }

    private static WeightedPairs Open(Weighting weighting, MarkovModel suspect, int contexts)
    {
        var pairs = new WeightedPairs(1);
        var (tokens, weights) = (Enumerable.Range(0, Vocabulary).ToArray(), new double[Vocabulary]);
        for (var context = 0; context < contexts; context++)
        {
            OpenWeights.Fill(weighting, suspect.Row(context), Teacher.Row(context), weights);
            pairs.Add([context], tokens, weights);
        }

        return pairs;
    }

    private static ContextCounts Counts(int[] said)
    {
        var counts = new ContextCounts(1);
        counts.Add([], said);
        return counts;
    }

    private static KeyedGreenBits Key(ref SeededGenerator generator) => Key(generator.NextUInt64());

    private static KeyedGreenBits Key(ulong number, int width = 1)
    {
        var key = new byte[16];
        BitConverter.TryWriteBytes(key, number);
        key[15] = 1;
        return new(key, width);
    }
}
