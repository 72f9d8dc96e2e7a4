using Stillwatch.Provenance.Laboratory;

namespace Stillwatch.Provenance.Tests.Laboratory;

public sealed class TrigramModelTests
{
    private const string Text = "To be, or not to be: that is the question. To be is to do.";

    [Fact]
    public void Probabilities_AfterAContext_AreThoseOfWittenAndBell()
    {
        // be after to, twice of three times, of two different tokens; single words counted with one more of each of the 4 ids.
        int[] text = [0, 1, 2, 0, 1, 3, 0, 2];
        var model = new TrigramModel(text, 4);
        double[] single = [4.0 / 12, 3.0 / 12, 3.0 / 12, 2.0 / 12];
        AssertProbabilities(model, [], single);
        double[] afterZero = [.. single.Select((p, token) => (2 * p + (token == 1 ? 2 : token == 2 ? 1 : 0)) / 5)];
        AssertProbabilities(model, [0], afterZero);
        double[] afterThreeZero = [.. afterZero.Select((p, token) => (p + (token == 2 ? 1 : 0)) / 2)];
        AssertProbabilities(model, [1, 3, 0], afterThreeZero);
    }

    [Fact]
    public void Vocabulary_OfText_GivesFrequentWordsTheirOwnIds()
    {
        var vocabulary = WordVocabulary.OfText(Text, 4);
        Assert.Equal(4, vocabulary.Count);
        Assert.Equal([0, 1, 3, 3, 0, 1], vocabulary.Encode("to be or not TO BE"));
        Assert.Equal("to be is \u2026", vocabulary.Decode([0, 1, 2, 3]));
        Assert.Throws<ArgumentOutOfRangeException>(() => vocabulary.Decode([4]));
    }

    [Fact]
    public void Construction_IdOutsideTheVocabulary_IsRefused() =>
        Assert.Throws<ArgumentOutOfRangeException>(static () => new TrigramModel([0, 4], 4));

    private static void AssertProbabilities(TrigramModel model, int[] context, double[] expected)
    {
        var logits = new float[model.Vocabulary];
        model.FillLogits(context, logits);
        Assert.Equal(1, logits.Sum(static logit => Math.Exp(logit)), 1e-6);
        Assert.All(logits.Zip(expected), static pair => Assert.Equal(pair.Second, Math.Exp(pair.First), 1e-6));
    }
}
