using Stillwatch.Provenance.Watermarking;
using Stillwatch.Statistics;
using Stillwatch.Tests.Statistics;

namespace Stillwatch.Provenance.Tests.Watermarking;

public sealed class SynthIdTextTests
{
    private static readonly SynthIdTextFunction Published = new(SynthIdTextFunction.PublishedKeys);

    [Theory]
    [InlineData(new[] { 1, 2, 3, 4, 5 }, "010001100011101000101110010010")]
    [InlineData(new[] { 100, 200, 300, 400, 500 }, "100011101110110000011010000001")]
    public void GValues_OfThePublishedKeys_AreThePublishedOnes(int[] ngram, string bits) =>
        Assert.Equal(bits, GreenIds.Write(Published.GValues(ngram), 30));

    [Fact]
    public void GValues_OfTheTable_AreThePublishedOnes()
    {
        var table = new SynthIdTextTable(SynthIdTextFunction.PublishedKeys, SynthIdTextTable.TableOfCpu());
        Assert.Equal("001010010001011111001110001011", GreenIds.Write(table.GValues([1, 2, 3, 4, 5]), 30));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void Tournament_OneLayerOfUniformCandidates_GivesTheClosedForm(int leaves)
    {
        const int vocabulary = 40;
        var generator = new SeededGenerator(5);
        var mean = 0.0;
        const int rounds = 20_000;
        for (var round = 0; round < rounds; round++)
        {
            var probabilities = Enumerable.Repeat(1.0 / vocabulary, vocabulary).ToArray();
            var bits = new ulong[vocabulary];
            for (var i = 0; i < vocabulary; i++)
            {
                bits[i] = generator.NextUInt64() & 1;
            }

            TournamentSampling.Apply(probabilities, bits, depth: 1, leaves);
            Assert.Equal(1, probabilities.Sum(), 1e-12);
            mean += probabilities.Zip(bits, static (p, bit) => p * bit).Sum() / rounds;
        }

        var expected = leaves == 2 ? 0.5 + 0.25 * (1 - 1.0 / vocabulary) : 7.0 / 8 - 3.0 / (8 * vocabulary);
        Assert.Equal(expected, mean, 0.002);
    }

    [Fact]
    public void Sampler_MarkedText_IsFoundAndOthersKeysAreNot()
    {
        var tokens = MarkedText(new SynthIdTextSampler(Published), length: 400, seed: 11);
        var detector = new SynthIdTextDetector(Published);
        detector.Add(tokens);
        Assert.True(detector.Test().Rejects(1e-12), $"{detector.Test()}");
        Assert.True(detector.WeightedTest() < detector.Test());
        Assert.InRange(detector.WeightedMeanScore, detector.MeanScore, 1);
        var other = new SynthIdTextDetector(new SynthIdTextFunction([1, 2, 3, 4, 5, 6, 7, 8]));
        other.Add(tokens);
        Assert.False(other.Test().Rejects(1e-4), $"{other.Test()}");
    }

    [Fact]
    public void Sampler_ContextThatComesAgain_IsNotMarked()
    {
        var sampler = new SynthIdTextSampler(Published, history: 4);
        var marks = new List<bool>();
        for (var step = 0; step < 8; step++)
        {
            marks.Add(sampler.Mark([1, 2], [0.5, 0.5]));
            sampler.Accept(9);
        }

        // Four different contexts fill up with nines; from then on the context is always the same.
        Assert.Equal([true, true, true, true, true, false, false, false], marks);
    }

    [Fact]
    public void Tests_OnUnmarkedText_AreSuperUniformOverKeys()
    {
        var tokens = RandomText(300, vocabulary: 20, seed: 3);
        PValue Draw(ref SeededGenerator generator)
        {
            long[] keys = [(long)generator.NextUInt64(), (long)generator.NextUInt64()];
            var detector = new SynthIdTextDetector(new SynthIdTextFunction(keys, 2));
            detector.Add(tokens);
            return detector.Test();
        }

        NullCalibration.AssertSuperUniform(71, Draw);
    }

    [Fact]
    public void WeightedTest_OnUnmarkedText_IsSuperUniformOverKeys()
    {
        var tokens = RandomText(300, vocabulary: 20, seed: 3);
        PValue Draw(ref SeededGenerator generator)
        {
            long[] keys = [(long)generator.NextUInt64(), (long)generator.NextUInt64(), (long)generator.NextUInt64()];
            var detector = new SynthIdTextDetector(new SynthIdTextFunction(keys, 2));
            detector.Add(tokens);
            return detector.WeightedTest();
        }

        NullCalibration.AssertSuperUniform(73, Draw);
    }

    [Fact]
    public void TableTest_OnUnmarkedText_IsSuperUniformOverKeysWhereTheNaiveScoreIsNot()
    {
        // Few states, each often: what thousands of tokens do to 65,536 states.
        var tokens = RandomText(3000, vocabulary: 3, seed: 4);
        var table = SynthIdTextTable.TableOfCpu();
        var naive = 0;
        PValue Draw(ref SeededGenerator generator)
        {
            var keys = new[] { (long)generator.NextUInt64(), (long)generator.NextUInt64(), (long)generator.NextUInt64() };
            var test = new SynthIdTableTest(new SynthIdTextTable(keys, table, ngramLength: 2));
            test.Add(tokens);
            naive += test.NaiveZScore() > 3.09 ? 1 : 0;
            return test.Test();
        }

        NullCalibration.AssertSuperUniform(72, Draw, nulls: 400);
        Assert.InRange(naive, 40, 400);
    }

    [Fact]
    public void TableTest_OnMarkedText_Finds()
    {
        var keys = Enumerable.Range(0, 30).Select(static i => (i + 1L) * 7919 * 104729 % 65536).ToArray();
        var scheme = new SynthIdTextTable(keys, SynthIdTextTable.TableOfCpu());
        var generator = new SeededGenerator(6);
        var tokens = new List<int> { 1, 2, 3, 4 };
        while (tokens.Count < 300)
        {
            var best = Enumerable.Range(0, 8).Select(_ => generator.Next(5000))
                .MaxBy(token => ulong.PopCount(scheme.GValues([.. tokens[^4..], token])));
            tokens.Add(best);
        }

        var test = new SynthIdTableTest(scheme);
        test.Add([.. tokens]);
        Assert.True(test.Test().Rejects(1e-9), $"{test.Test()}");
    }

    [Fact]
    public void BayesianScore_BitsOfOne_RaiseIt()
    {
        var score = new SynthIdBayesianScore([0.0, 0.0], [[], [0.5]], prior: 0.5);
        Assert.Equal(0.5, score.Posterior([]), 1e-12);
        Assert.True(score.Posterior([3, 3]) > 0.5);
        Assert.True(score.Posterior([0, 0]) < 0.5);

        // One layer, beta 0: P(g = 1) is 0.5 (1.5 * 0.5 + 0.5) = 0.625 against 0.5.
        Assert.Equal(0.625 / (0.625 + 0.5), new SynthIdBayesianScore([0.0], [[]], 0.5).Posterior([1]), 1e-12);
    }

    private static int[] MarkedText(SynthIdTextSampler sampler, int length, ulong seed)
    {
        var generator = new SeededGenerator(seed);
        var tokens = new int[length];
        for (var step = 0; step < length; step++)
        {
            var candidates = Enumerable.Range(0, 16).Select(_ => generator.Next(5000)).Distinct().ToArray();
            var probabilities = Enumerable.Repeat(1.0 / candidates.Length, candidates.Length).ToArray();
            sampler.Mark(candidates, probabilities);
            tokens[step] = candidates[Draw(probabilities, ref generator)];
            sampler.Accept(tokens[step]);
        }

        return tokens;
    }

    private static int Draw(double[] probabilities, ref SeededGenerator generator)
    {
        var left = generator.NextDouble();
        var chosen = 0;
        while (chosen < probabilities.Length - 1 && (left -= probabilities[chosen]) >= 0)
        {
            chosen++;
        }

        return chosen;
    }

    private static int[] RandomText(int length, int vocabulary, ulong seed)
    {
        var generator = new SeededGenerator(seed);
        var tokens = new int[length];
        for (var i = 0; i < length; i++)
        {
            tokens[i] = generator.Next(vocabulary);
        }

        return tokens;
    }
}
