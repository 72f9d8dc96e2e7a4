using Stillwatch.Provenance.Lineage;
using Stillwatch.Provenance.Watermarking;
using Stillwatch.Statistics;
using Stillwatch.Tests.Statistics;

namespace Stillwatch.Provenance.Tests.Lineage;

public sealed class ContextResidualsTests
{
    private const int Vocabulary = 40;

    private static readonly MarkovModel Teacher = MarkovModel.Draw(Vocabulary, seed: 1);

    [Theory]
    [InlineData(0)]
    [InlineData(0.1)]
    public void ClosedTest_OverRandomKeys_IsSuperUniformAndItsEvidenceFair(double variance)
    {
        var residuals = Closed(TopicalModel.Plain(1), TopicalModel.Plain(1), 600, seed: 2);
        var pairs = residuals.Weights(variance);
        NullCalibration.AssertSuperUniform(91, (ref SeededGenerator generator) => pairs.Test(Key(ref generator)).Test, nulls: 600);
        NullCalibration.AssertExpectationAtMostOne(
            92, (ref SeededGenerator generator) => residuals.Evidence(Key(ref generator)), nulls: 300);
    }

    /// <summary>A reference that is far off costs power, never validity.</summary>
    [Fact]
    public void OpenTest_WithAReferenceOfAnotherLanguage_IsFair()
    {
        var residuals = new ContextResiduals(1);
        for (var context = 0; context < 12; context++)
        {
            residuals.Add([context], Teacher.Row(context), MarkovModel.Draw(Vocabulary, seed: 9).Row(context));
        }

        NullCalibration.AssertSuperUniform(
            93, (ref SeededGenerator generator) => residuals.Weights(0.01).Test(Key(ref generator)).Test, nulls: 600);
        NullCalibration.AssertExpectationAtMostOne(
            94, (ref SeededGenerator generator) => residuals.Evidence(Key(ref generator)), nulls: 600);
    }

    /// <summary>
    /// The suspect speaks of one of two things in each text. Who expects the mean over both after each token sees departures everywhere.
    /// </summary>
    [Fact]
    public void Suspect_ThatSeesMoreThanTheContext_IsFoundFarSoonerWithAReferenceThatSeesItToo()
    {
        using var bits = new KeyedGreenBits(new byte[16], contextWidth: 1);
        var (plain, marked) = (TopicalModel.Plain(1), TopicalModel.Marked(1, bits, bias: 0.15));
        var residuals = Closed(marked, plain, 40_000, seed: 3).Evidence(bits).ToPValue();
        var counts = new ContextCounts(1);
        foreach (var (_, text) in marked.Write(40_000, seed: 3))
        {
            counts.Add([], text);
        }

        var standardized = WeightedPairs.Of(counts, Weighting.StandardizedCount, plain).Test(bits).Evidence.ToPValue();
        Assert.True(residuals.Log10 < 1.5 * standardized.Log10, $"{residuals} beside {standardized}");
        Assert.True(residuals.Rejects(1e-6), $"{residuals}");
        Assert.False(Closed(plain, plain, 40_000, seed: 3).Evidence(bits).Rejects(0.01));
    }

    [Fact]
    public void Weights_OfPlacesWithOneContext_AreSumsOfWhatDepartsFromExpectations()
    {
        using var bits = new KeyedGreenBits(new byte[16], contextWidth: 1);
        var residuals = new ContextResiduals(1);
        residuals.Add([3], 1, [0.5, 0.25, 0.25]);
        residuals.Add([3], 1, [0.25, 0.75, 0]);
        residuals.Add([4], [0.5, 0.5, 0], [0.25, 0.75, 0]);
        double[] after3 = [-0.75 / 1.375, 1 / 1.5, -0.25 / 1.125];
        double[] after4 = [0.25 / 1.125, -0.25 / 1.375];
        var expected = after3.Select((weight, token) => weight * ((bits.IsGreen([3], token) ? 1 : 0) - 0.5)).Sum()
            + after4.Select((weight, token) => weight * ((bits.IsGreen([4], token) ? 1 : 0) - 0.5)).Sum();
        var pairs = residuals.Weights(0.5);
        Assert.Equal(5, pairs.Count);
        Assert.Equal(3, residuals.Total);
        Assert.Equal(expected, pairs.Sum(bits), 1e-12);
    }

    [Fact]
    public void Places_ThatDoNotFit_AreRefused()
    {
        var residuals = new ContextResiduals(1);
        Assert.Throws<ArgumentOutOfRangeException>(() => residuals.Add([1, 2], 0, [1.0]));
        Assert.Throws<ArgumentOutOfRangeException>(() => residuals.Add([1], 1, [1.0]));
        Assert.Throws<ArgumentOutOfRangeException>(() => residuals.Add([1], [0.5, 0.5], [1.0]));
        Assert.Throws<ArgumentOutOfRangeException>(() => residuals.Weights(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => residuals.Weights(double.NaN));
    }

    private static ContextResiduals Closed(TopicalModel suspect, TopicalModel reference, int tokens, ulong seed)
    {
        var residuals = new ContextResiduals(1);
        foreach (var (topic, text) in suspect.Write(tokens, seed))
        {
            for (var place = 1; place < text.Length; place++)
            {
                residuals.Add([text[place - 1]], text[place], reference.Row(topic, text[place - 1]));
            }
        }

        return residuals;
    }

    private static KeyedGreenBits Key(ref SeededGenerator generator)
    {
        var key = new byte[16];
        BitConverter.TryWriteBytes(key, generator.NextUInt64());
        return new(key, 1);
    }

    /// <summary>Two languages, one a text; to who sees one token only, their mean.</summary>
    private sealed class TopicalModel(double[][][] rows) : IReferenceModel
    {
        private const int Length = 40;

        public int Vocabulary => rows[0].Length;

        public static TopicalModel Plain(ulong seed) => new(
        [
            .. new[] { seed, seed + 1 }.Select(static one =>
                Enumerable.Range(0, ContextResidualsTests.Vocabulary)
                    .Select(MarkovModel.Draw(ContextResidualsTests.Vocabulary, one).Row).ToArray()),
        ]);

        public static TopicalModel Marked(ulong seed, KeyedGreenBits bits, double bias)
        {
            var model = Plain(seed);
            foreach (var topic in new[] { 0, 1 })
            {
                for (var context = 0; context < model.Vocabulary; context++)
                {
                    MarkStrength.Biased(bias).Apply(model.Row(topic, context), token => bits.IsGreen([context], token));
                }
            }

            return model;
        }

        public double[] Row(int topic, int token) => rows[topic][token];

        public void Fill(ReadOnlySpan<int> context, Span<double> probabilities)
        {
            for (var token = 0; token < probabilities.Length; token++)
            {
                probabilities[token] = (rows[0][context[^1]][token] + rows[1][context[^1]][token]) / 2;
            }
        }

        public IEnumerable<(int Topic, int[] Text)> Write(int tokens, ulong seed)
        {
            var generator = new SeededGenerator(seed);
            for (var text = 0; text < tokens / Length; text++)
            {
                var said = new int[Length];
                for (var place = 1; place < Length; place++)
                {
                    var (left, token) = (generator.NextDouble(), 0);
                    while (token < Vocabulary - 1 && (left -= rows[text % 2][said[place - 1]][token]) >= 0)
                    {
                        token++;
                    }

                    said[place] = token;
                }

                yield return (text % 2, said);
            }
        }
    }
}
