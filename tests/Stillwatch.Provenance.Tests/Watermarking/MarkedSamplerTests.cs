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
        AssertFrequencies(sampler, markedAfter: null, Softmax(temperature: 1.2));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Marked_Frequencies_AreThoseOfTheDefinition(bool isBiased)
    {
        using var bits = new KeyedGreenBits(new byte[16], contextWidth: 1);
        var strength = isBiased ? MarkStrength.Biased(1.5) : MarkStrength.Unbiased(0.75);
        var plain = Softmax(temperature: 1.2);
        var green = Enumerable.Range(0, Vocabulary).Select(token => bits.IsGreen([7], token)).ToArray();
        var marked = isBiased ? Normalized([.. plain.Select((p, token) => p * (green[token] ? Math.Exp(1.5) : 1))]) : HeadAndTail();
        AssertFrequencies(new(bits, strength, Vocabulary), markedAfter: 7, marked);
        var applied = plain.ToArray();
        strength.Apply(applied, token => green[token]);
        Assert.All(applied.Zip(marked), static pair => Assert.Equal(pair.Second, pair.First, 1e-12));

        double[] HeadAndTail()
        {
            var (head, tail) = (plain.Where(static p => p >= 1 / 128.0).Sum(), plain.Where(static p => p < 1 / 128.0).Sum());
            Assert.True(head > 0.2 && tail > 0.2, "A case for both parts is needed.");
            var headGreen = plain.Where((p, token) => p >= 1 / 128.0 && green[token]).Sum() / head;
            var tailGreen = plain.Where((p, token) => p < 1 / 128.0 && green[token]).Sum() / tail;
            var raised = 0.25 * headGreen + 0.75 * Math.Min(1, 2 * headGreen);
            return
            [
                .. plain.Select((p, token) => p < 1 / 128.0
                    ? p * (green[token] ? 1 + 0.75 * (1 - tailGreen) : 1 - 0.75 * tailGreen)
                    : p * (green[token] ? raised / headGreen : (1 - raised) / (1 - headGreen))),
            ];
        }
    }

    [Fact]
    public void Unbiased_MeanOverAColouringAndItsOpposite_IsTheSoftmax()
    {
        var (strength, plain, generator) = (MarkStrength.Unbiased(0.6), Softmax(temperature: 1.2), new SeededGenerator(12));
        var green = new bool[Vocabulary];
        for (var token = 0; token < Vocabulary; token++)
        {
            green[token] = generator.Next(2) == 1;
        }

        var (one, opposite) = (plain.ToArray(), plain.ToArray());
        strength.Apply(one, token => green[token]);
        strength.Apply(opposite, token => !green[token]);
        Assert.Equal(1, one.Sum(), 1e-12);
        Assert.Contains(one.Zip(plain), static pair => Math.Abs(pair.First / pair.Second - 1) > 0.3);
        Assert.All(
            Enumerable.Range(0, Vocabulary), token => Assert.Equal(plain[token], (one[token] + opposite[token]) / 2, 1e-12));
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
            counts[sampler.Draw(Logits, 1.2f, sequence, ref generator)]++;
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
