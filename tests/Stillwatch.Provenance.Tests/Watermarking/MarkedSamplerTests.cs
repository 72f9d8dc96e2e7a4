using Stillwatch.Provenance.Watermarking;
using Stillwatch.Statistics;

namespace Stillwatch.Provenance.Tests.Watermarking;

public sealed class MarkedSamplerTests
{
    private const int Vocabulary = 1500;

    private static readonly float[] Logits = MakeLogits();

    [Fact]
    public void Unmarked_Frequencies_AreThoseOfTheSoftmax()
    {
        using var bits = new KeyedGreenBits(new byte[16], contextWidth: 1);
        var sampler = new MarkedSampler(bits, MarkStrength.Biased(2), Vocabulary);
        AssertFrequencies(sampler, markedAfter: null, Softmax(temperature: 0.8));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Marked_Frequencies_AreThoseOfTheDefinition(bool isBiased)
    {
        using var bits = new KeyedGreenBits(new byte[16], contextWidth: 1);
        var strength = isBiased ? MarkStrength.Biased(1.5) : MarkStrength.Unbiased(0.75);
        var plain = Softmax(temperature: 0.8);
        var green = Enumerable.Range(0, Vocabulary).Select(token => bits.IsGreen([7], token)).ToArray();
        var mass = plain.Where((_, token) => green[token]).Sum();
        var marked = isBiased
            ? Normalized([.. plain.Select((p, token) => p * (green[token] ? Math.Exp(1.5) : 1))])
            : [.. plain.Select((p, token) => green[token] ? p / mass * Raised(mass) : p / (1 - mass) * (1 - Raised(mass)))];
        AssertFrequencies(new(bits, strength, Vocabulary), markedAfter: 7, marked);

        static double Raised(double mass) => 0.25 * mass + 0.75 * Math.Min(1, 2 * mass);
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.5)]
    [InlineData(0.83)]
    public void Unbiased_ColouringAndItsOpposite_CancelForEveryToken(double mass)
    {
        var strength = MarkStrength.Unbiased(1);
        var greenFactor = strength.GreenMass(mass) / mass;
        var redFactorOfOpposite = (1 - strength.GreenMass(1 - mass)) / mass;
        Assert.Equal(2, greenFactor + redFactorOfOpposite, 1e-12);
    }

    [Fact]
    public void Excluded_Tokens_AreNeverDrawn()
    {
        using var bits = new KeyedGreenBits(new byte[16], contextWidth: 1);
        var logits = Enumerable.Repeat(float.NegativeInfinity, Vocabulary).ToArray();
        logits[1234] = 3;
        var sampler = new MarkedSampler(bits, MarkStrength.Unbiased(1), Vocabulary);
        var generator = new SeededGenerator(1);
        for (var first = 0; first < 50; first++)
        {
            var sequence = new MarkedSequence(1);
            sequence.Accept(first);
            Assert.Equal(1234, sampler.Draw(logits, 1, sequence, ref generator));
        }

        logits[1234] = float.NegativeInfinity;
        Assert.Throws<ArgumentException>(() => sampler.Draw(logits, 1, null, ref generator));
    }

    [Fact]
    public void Context_ThatComesAgain_IsNotMarkedAgain()
    {
        var sequence = new MarkedSequence(2);
        sequence.Accept(1);
        Assert.False(sequence.TakeMark());
        sequence.Accept(2);
        Assert.True(sequence.TakeMark());
        Assert.False(sequence.TakeMark());
        sequence.Accept(2);
        Assert.True(sequence.TakeMark());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Text_Marked_IsFound(bool isBiased)
    {
        using var bits = new KeyedGreenBits(new byte[16], contextWidth: 2);
        var sampler = new MarkedSampler(bits, isBiased ? MarkStrength.Biased(2) : MarkStrength.Unbiased(1), Vocabulary);
        var (sequence, generator) = (new MarkedSequence(2), new SeededGenerator(9));
        var tokens = new int[300];
        for (var i = 0; i < tokens.Length; i++)
        {
            tokens[i] = sampler.Draw(Logits, 1, sequence, ref generator);
            sequence.Accept(tokens[i]);
        }

        var detector = new GreenListDetector(bits);
        detector.Add(tokens);
        Assert.True(detector.Result().Test.Rejects(1e-9), $"{detector.Result()}");
    }

    /// <summary>Chi-square of 60,000 draws over the hundred likeliest tokens and the rest, at a false alarm of 1e-7.</summary>
    private static void AssertFrequencies(MarkedSampler sampler, int? markedAfter, double[] expected)
    {
        const int draws = 60_000;
        var generator = new SeededGenerator(3);
        var counts = new int[Vocabulary];
        for (var i = 0; i < draws; i++)
        {
            var sequence = markedAfter is null ? null : new MarkedSequence(1);
            sequence?.Accept(markedAfter!.Value);
            counts[sampler.Draw(Logits, 0.8f, sequence, ref generator)]++;
        }

        var likeliest = Enumerable.Range(0, Vocabulary).OrderByDescending(token => expected[token]).Take(100).ToArray();
        var (rest, restExpected) = (draws - likeliest.Sum(token => counts[token]), draws * (1 - likeliest.Sum(token => expected[token])));
        var statistic = likeliest.Sum(token => Square(counts[token] - draws * expected[token]) / (draws * expected[token]))
            + Square(rest - restExpected) / restExpected;
        Assert.False(ChiSquareTail.AtLeast(statistic, 100).Rejects(1e-7), $"Chi-square {statistic} with 100 degrees of freedom.");

        static double Square(double x) => x * x;
    }

    private static double[] Softmax(double temperature) => Normalized([.. Logits.Select(logit => Math.Exp(logit / temperature))]);

    private static double[] Normalized(double[] weights)
    {
        var total = weights.Sum();
        return [.. weights.Select(weight => weight / total)];
    }

    private static float[] MakeLogits()
    {
        var generator = new SeededGenerator(2);
        var logits = new float[Vocabulary];
        for (var token = 0; token < Vocabulary; token++)
        {
            logits[token] = (float)(-1.2 * Math.Log(1 + token) + generator.NextDouble());
        }

        generator.Shuffle<float>(logits);
        return logits;
    }
}
