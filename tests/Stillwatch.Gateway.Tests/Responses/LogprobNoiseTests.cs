using System.Globalization;
using Stillwatch.Gateway.Responses;

namespace Stillwatch.Gateway.Tests.Responses;

public sealed class LogprobNoiseTests
{
    private static readonly LogprobNoise Noise = new([1, 2, 3]);

    /// <summary>Random distributions, the head of each shown: what comes back is one still, with the same head.</summary>
    [Fact]
    public void Values_OfAnyDistribution_StayOneWithTheSameLikeliestToken()
    {
        const int Seed = 20261129;
        var random = new Random(Seed);
        for (var i = 0; i < 3000; i++)
        {
            var (tokens, logprobs) = Distribution(random, 1 + random.Next(20), scale: random.NextDouble() * 20);
            var noisy = Noise.Apply($"text {i}", tokens, logprobs);
            Assert.True(noisy.Sum(Math.Exp) <= 1 + 1e-9, $"seed {Seed}, {i}");
            Assert.All(noisy, value => Assert.True(value <= 0, $"seed {Seed}, {i}"));
            Assert.Equal(logprobs.IndexOf(logprobs.Max()), noisy.IndexOf(noisy.Max()));
            Assert.Equal(noisy, Noise.Apply($"text {i}", tokens, logprobs));
            if (logprobs[0] is < -0.01 and > -50)
            {
                Assert.NotEqual(noisy, Noise.Apply($"text {i} ", tokens, logprobs));
                Assert.NotEqual(noisy, new LogprobNoise([1, 2, 4]).Apply($"text {i}", tokens, logprobs));
            }
        }
    }

    /// <summary>Small probabilities move by the stated noise, which averages to nothing over tokens.</summary>
    [Fact]
    public void Noise_OverTokens_IsGaussianOfTheStatedSize()
    {
        var tokens = Enumerable.Range(0, 4000).Select(static i => i.ToString(CultureInfo.InvariantCulture)).ToList();
        var changes = tokens.Select(token => Noise.Apply("x", ["top", token], [-0.7, -12])[1] + 12).ToList();
        Assert.Equal(0, changes.Average(), 0.04);
        Assert.Equal(LogprobNoise.Sigma, Math.Sqrt(changes.Average(static change => change * change)), 0.03);
        const double Most = 3 * (LogprobNoise.TextSigma + LogprobNoise.StandingSigma);
        Assert.All(changes, static change => Assert.True(Math.Abs(change) <= Most + 0.01));
    }

    /// <summary>
    /// How many alternatives are asked for changes nothing but a common term, so that no exact ratio comes out by subtracting.
    /// </summary>
    [Fact]
    public void Alternatives_MoreOrFewer_HaveTheSameDifferences()
    {
        var (tokens, logprobs) = Distribution(new Random(3), 20, 3);
        var all = Noise.Apply("x", tokens, logprobs);
        for (var count = 2; count < 20; count++)
        {
            var some = Noise.Apply("x", tokens[..count], logprobs[..count]);
            for (var i = 1; i < count; i++)
            {
                Assert.Equal(all[i] - all[0], some[i] - some[0], 1e-9);
            }
        }
    }

    /// <summary>
    /// Why bias is taken away: two tokens that are forced are each other's complement, so that what the API says of one and of the
    /// other, with either far below, adds up to the noises alone; and no averaging is needed for that.
    /// </summary>
    [Fact]
    public void Noise_OfTokensThatBiasForces_AddsUpInTheOpen()
    {
        const double Bias = 15;
        const double Difference = 1.5;
        var (above, below) = (Said("a", "b", Difference - Bias), Said("b", "a", -Difference - Bias));
        var noises = Apply("a", "b") + Apply("b", "a");
        Assert.Equal(noises, above + below + (2 * Bias), 1e-3);
        Assert.True(Math.Abs(noises) > 0.01);

        static double Said(string low, string high, double odds) =>
            Noise.Apply("x", [high, low], [-Math.Log(1 + Math.Exp(odds)), odds - Math.Log(1 + Math.Exp(odds))])[1];

        static double Apply(string low, string high) => Noise.Apply("x", [high, low], [-1e-9, -20])[1] + 20;
    }

    /// <summary>
    /// Rewording a prompt so that the model's state stays the same averages away what the text decides, and no more: what is left is
    /// the standing part. A control shows that the average does approach it.
    /// </summary>
    [Fact]
    public void Average_OverRewordedPrompts_IsLeftWithTheStandingNoise()
    {
        const int Tokens = 200;
        const int Rewordings = 400;
        var left = Enumerable.Range(0, Tokens).Select(token => Enumerable.Range(0, Rewordings).Average(i =>
            Noise.Apply($"{i} x", ["top", $" t{token}"], [-0.7, -12])[1] + 12)).ToList();
        var size = Math.Sqrt(left.Average(static value => value * value));
        Assert.Equal(LogprobNoise.StandingSigma, size, 0.05);
        var once = Enumerable.Range(0, Tokens).Select(token => Noise.Apply("x", ["top", $" t{token}"], [-0.7, -12])[1] + 12).ToList();
        Assert.True(Math.Sqrt(once.Average(static value => value * value)) > size + 0.1);
    }

    [Fact]
    public void Values_ThatAreNoProbabilities_StayAsTheyAre()
    {
        Assert.Equal([-9999.0], Noise.Apply("x", ["a"], [-9999.0]));
        Assert.Equal(-100, Noise.Apply("x", ["a", "b"], [-0.5, -100])[1]);
        Assert.Equal([0.0], Noise.Apply("x", ["a"], [0.0]));
        Assert.Empty(Noise.Apply("x", [], []));
    }

    private static (List<string> Tokens, List<double> Logprobs) Distribution(Random random, int shown, double scale)
    {
        var logits = Enumerable.Range(0, 60).Select(_ => random.NextDouble() * scale).OrderDescending().ToList();
        var total = Math.Log(logits.Sum(Math.Exp));
        return (
            [.. Enumerable.Range(0, shown).Select(static i => $" t{i}")],
            [.. logits.Take(shown).Select(logit => logit - total)]);
    }
}
