using Stillwatch.Provenance.Laboratory;
using Stillwatch.Provenance.Lineage;
using Stillwatch.Statistics;

namespace Stillwatch.Provenance.Tests.Lineage;

public sealed class CountedReferenceTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void Fill_AfterAnyContext_SumsToOneAndLeavesNothingImpossible(int width)
    {
        var reference = new CountedReference([Text(300, 1), Text(200, 2)], width, 12);
        var probabilities = new double[12];
        foreach (var context in new int[][] { [.. Enumerable.Repeat(3, width)], [.. Enumerable.Range(5, width)] })
        {
            reference.Fill(context, probabilities);
            Assert.Equal(1, probabilities.Sum(), 1e-12);
            Assert.All(probabilities, static probability => Assert.True(probability > 0));
        }
    }

    /// <summary>The same estimator as the trigram model, which computes it in another way.</summary>
    [Fact]
    public void Fill_OfWidthTwo_AgreesWithTheTrigramModel()
    {
        var text = Text(2000, 3);
        var (reference, model) = (new CountedReference([text], 2, 12), new TrigramModel(text, 12));
        var (probabilities, logits) = (new double[12], new float[12]);
        for (var place = 2; place < 60; place++)
        {
            reference.Fill(text.AsSpan((place - 2)..place), probabilities);
            model.FillLogits(text.AsSpan(0..place), logits);
            Assert.All(Enumerable.Range(0, 12), token => Assert.Equal(Math.Exp(logits[token]), probabilities[token], 1e-6));
        }
    }

    [Fact]
    public void Ids_OutsideTheVocabulary_AreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new CountedReference([[1, 12]], 1, 12));
        Assert.Throws<ArgumentOutOfRangeException>(() => new CountedReference([[-1]], 1, 12));
        Assert.Throws<ArgumentOutOfRangeException>(() => new CountedReference([], 5, 12));
    }

    private static int[] Text(int length, ulong seed)
    {
        var generator = new SeededGenerator(seed);
        var text = new int[length];
        for (var i = 0; i < length; i++)
        {
            text[i] = generator.Next(12 - (generator.Next(2) * 5));
        }

        return text;
    }
}
