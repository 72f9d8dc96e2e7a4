using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Stillwatch.Evidence.Signing;

namespace Stillwatch.Gateway.Responses;

/// <summary>Noise on log-probabilities that is the same whenever the same is asked. Immutable; safe from any thread.</summary>
/// <remarks>
/// Each token's value is moved on the scale of logits by the sum of two Gaussians, each cut at three standard deviations, that keyed
/// hashes decide. One is of the text before the token and of the token: asking again gives nothing new to average, differences of two
/// texts are not exact, and over tokens the noise has full rank. The other is of the token and of the likeliest one beside it: whoever
/// rewords a prompt so that the model's state stays the same, and averages the first away, is left with this one.
/// What is done afterwards (the likeliest token stays the likeliest, the sum stays at most 1) is a function of the noisy values alone: a
/// sum over the exact ones would let values asked for with one alternative more or less be subtracted from each other, which gives the
/// exact ratios. The noise does not stand up to <c>logit_bias</c>: two forced tokens are each other's complement, so that what is said
/// of them adds up to their noises, and without any probabilities the bias at which the reply changes is the logit. Whoever applies it
/// takes the bias away.
/// </remarks>
public sealed class LogprobNoise
{
    /// <summary>The standard deviation, on the scale of logits in nats, of what another text changes.</summary>
    public const double TextSigma = 0.4;

    /// <summary>The standard deviation, on the scale of logits in nats, of what stays from text to text.</summary>
    public const double StandingSigma = 0.3;

    /// <summary>The standard deviation of both together.</summary>
    public const double Sigma = 0.5;

    private const double Cut = 3;

    /// <summary>Servers write -100 or -9999 for what is no probability at all.</summary>
    private const double LeastLogprob = -99;

    /// <summary>What keeps the likeliest apart from those that noise would have put above it.</summary>
    private const double Distance = 1e-6;

    private readonly byte[] _secret;
    private readonly byte[] _standing;

    /// <param name="secret">What the noise cannot be computed without; the same in all gateways in front of a model.</param>
    public LogprobNoise(byte[] secret)
    {
        ArgumentNullException.ThrowIfNull(secret);
        _secret = (byte[])secret.Clone();
        _standing = HMACSHA256.HashData(secret, "standing"u8);
    }

    /// <summary>
    /// The noise under the key of a log of decisions: gateways that follow one log give the same, and there is no further secret to
    /// keep. Signatures of Ed25519 are deterministic, and no checkpoint has this text.
    /// </summary>
    public static LogprobNoise Of(NoteSigningKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return new(SHA256.HashData(key.Sign("stillwatch perturb 1\n"u8).Bytes));
    }

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
    internal void Apply(ReadOnlySpan<byte> state, IReadOnlyList<string> tokens, Span<double> values)
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

        var (highest, noisy) = (values[top], Shifted(values[top], Of(state, tokens[top], tokens[top])));
        var sum = 0.0;
        for (var i = 0; i < values.Length; i++)
        {
            if (values[i] > LeastLogprob)
            {
                var isTop = values[i] >= highest || tokens[i] == tokens[top];
                values[i] = isTop ? noisy : Math.Min(Shifted(values[i], Of(state, tokens[top], tokens[i])), noisy - Distance);
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

    private double Of(ReadOnlySpan<byte> state, string top, string token)
    {
        Span<byte> digest = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(state, Encoding.UTF8.GetBytes(token), digest);
        var ofText = TextSigma * Gaussian(digest);
        HMACSHA256.HashData(_standing, Encoding.UTF8.GetBytes($"{top.Length} {top}{token}"), digest);
        return ofText + (StandingSigma * Gaussian(digest));
    }

    /// <summary>After Box and Muller (1958), cut.</summary>
    private static double Gaussian(ReadOnlySpan<byte> digest)
    {
        var first = (BinaryPrimitives.ReadUInt64LittleEndian(digest) >> 11) + 1;
        var second = BinaryPrimitives.ReadUInt64LittleEndian(digest[8..]) >> 11;
        const double Scale = 1.0 / (1UL << 53);
        var gaussian = Math.Sqrt(-2 * Math.Log(first * Scale)) * Math.Cos(2 * Math.PI * second * Scale);
        return Math.Clamp(gaussian, -Cut, Cut);
    }
}
