using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Stillwatch.Gateway.Responses;

/// <summary>Noise on log-probabilities that is the same whenever the same is asked. Immutable; safe from any thread.</summary>
/// <remarks>
/// Each token's value is moved on the scale of logits by a Gaussian with standard deviation <see cref="Sigma"/>, cut at three of them,
/// that a keyed hash of the text before the token and the token itself decides: asking again gives nothing new to average, and over
/// tokens the noise has full rank. What is done afterwards (the likeliest token stays the likeliest, the sum stays at most 1) is a
/// function of the noisy values alone: a sum over the exact ones would let values asked for with one alternative more or less be
/// subtracted from each other, which gives the exact ratios.
/// The noise does not stand up to <c>logit_bias</c>: with two tokens forced, each value is the other's complement, so the sum of the
/// two noises can be read, and from three such pairs each of them. Whoever applies it takes the bias away.
/// </remarks>
public sealed class LogprobNoise
{
    /// <summary>The standard deviation on the scale of logits, in nats.</summary>
    public const double Sigma = 0.5;

    private const double Bound = 3 * Sigma;

    /// <summary>Servers write -100 or -9999 for what is no probability at all.</summary>
    private const double LeastLogprob = -99;

    /// <summary>What keeps the likeliest apart from those that noise would have put above it.</summary>
    private const double Distance = 1e-6;

    private readonly byte[] _secret;

    /// <param name="secret">What the noise cannot be computed without.</param>
    public LogprobNoise(byte[] secret) => _secret = (byte[])(secret ?? throw new ArgumentNullException(nameof(secret))).Clone();

    /// <summary>The values as they are given away for the tokens that may follow a text.</summary>
    /// <param name="text">All the text before.</param>
    /// <param name="tokens">The tokens.</param>
    /// <param name="logprobs">Their log-probabilities, in nats.</param>
    public double[] Apply(string text, IReadOnlyList<string> tokens, IReadOnlyList<double> logprobs)
    {
        var context = Begin();
        context.Append(text);
        var values = logprobs.ToArray();
        Apply(context.State(), tokens, values);
        return values;
    }

    /// <summary>An empty context under the secret.</summary>
    internal LogprobContext Begin() => new(_secret);

    /// <summary>Puts noise on the values of one position.</summary>
    /// <param name="state">The digest of the text before it.</param>
    /// <param name="tokens">The tokens; one may be there twice, with one value.</param>
    /// <param name="values">Their log-probabilities.</param>
    internal static void Apply(ReadOnlySpan<byte> state, IReadOnlyList<string> tokens, Span<double> values)
    {
        var top = 0;
        for (var i = 1; i < values.Length; i++)
        {
            top = values[i] > values[top] ? i : top;
        }

        if (values.Length == 0 || !(values[top] > LeastLogprob))
        {
            return;
        }

        var (highest, noisy) = (values[top], Shifted(values[top], Of(state, tokens[top])));
        var sum = 0.0;
        for (var i = 0; i < values.Length; i++)
        {
            if (values[i] > LeastLogprob)
            {
                var isTop = values[i] >= highest || tokens[i] == tokens[top];
                values[i] = isTop ? noisy : Math.Min(Shifted(values[i], Of(state, tokens[i])), noisy - Distance);
                sum += IsRepeated(tokens, i) ? 0 : Math.Exp(values[i]);
            }
        }

        for (var i = 0; sum > 1 && i < values.Length; i++)
        {
            values[i] -= values[i] > LeastLogprob ? Math.Log(sum) : 0;
        }
    }

    private static bool IsRepeated(IReadOnlyList<string> tokens, int at)
    {
        for (var i = 0; i < at; i++)
        {
            if (tokens[i] == tokens[at])
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The log of the probability whose log-odds are so much larger; certainty stays certainty.</summary>
    private static double Shifted(double logprob, double noise)
    {
        var rest = -double.ExpM1(Math.Min(logprob, 0));
        return rest <= 0 ? 0 : -double.LogP1(rest * Math.Exp(-Math.Min(logprob, 0) - noise));
    }

    private static double Of(ReadOnlySpan<byte> state, string token)
    {
        Span<byte> digest = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(state, Encoding.UTF8.GetBytes(token), digest);
        var first = (BinaryPrimitives.ReadUInt64LittleEndian(digest) >> 11) + 1;
        var second = BinaryPrimitives.ReadUInt64LittleEndian(digest[8..]) >> 11;
        const double Scale = 1.0 / (1UL << 53);
        var gaussian = Math.Sqrt(-2 * Math.Log(first * Scale)) * Math.Cos(2 * Math.PI * second * Scale);
        return Math.Clamp(Sigma * gaussian, -Bound, Bound);
    }
}
