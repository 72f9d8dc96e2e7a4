using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Stillwatch.Provenance.Watermarking;

/// <summary>
/// Changes the logits of a step so that whoever draws from their softmax draws with the production mark: for hosts that draw themselves.
/// One a thread, because it keeps its buffers.
/// </summary>
/// <remarks>
/// The distribution is that of <see cref="MarkedSampler"/> (<see cref="MarkStrength.Apply"/>): every token of one colour in head or tail
/// has its probability multiplied by the same factor, whose logarithm is added to the logits. It has to be the last thing that is done to
/// them; what truncates or scales them afterwards changes the distribution.
/// </remarks>
public sealed class MarkedLogits
{
    private const int Lanes = 8;
    private const int BlockVectors = 128;

    private readonly KeyedGreenBits _bits;
    private readonly MarkStrength _strength;
    private readonly float[] _logits;
    private readonly float[] _weights;
    private readonly ulong[] _green;

    /// <param name="bits">The key's colours; they stay the caller's.</param>
    /// <param name="strength">How far to lean.</param>
    /// <param name="vocabulary">Number of logits, at least 1.</param>
    public MarkedLogits(KeyedGreenBits bits, MarkStrength strength, int vocabulary)
    {
        ArgumentNullException.ThrowIfNull(bits);
        ArgumentOutOfRangeException.ThrowIfLessThan(vocabulary, 1);
        (_bits, _strength, Vocabulary) = (bits, strength, vocabulary);
        var padded = (vocabulary + Lanes - 1) / Lanes * Lanes;
        (_logits, _weights) = (new float[padded], new float[padded]);
        _green = new ulong[KeyedGreenBits.WordsFor(vocabulary)];
    }

    /// <summary>Number of logits.</summary>
    public int Vocabulary { get; }

    /// <summary>Marks the logits of one step.</summary>
    /// <param name="logits">One a token of the vocabulary, changed in place; negative infinity excludes.</param>
    /// <param name="temperature">By which the host is yet to divide them, above 0; 1 where it has.</param>
    /// <param name="context">The ids before the token, oldest first; <see cref="MarkedSequence.IsMarked"/> tells which to mark.</param>
    /// <exception cref="ArgumentException">No token has a finite logit. Nothing was changed.</exception>
    public void Apply(Span<float> logits, float temperature, ReadOnlySpan<int> context)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(logits.Length, Vocabulary);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(temperature);
        logits.CopyTo(_logits);
        _logits.AsSpan(Vocabulary).Fill(float.NegativeInfinity);
        var highest = Highest();
        if (!float.IsFinite(highest))
        {
            throw new ArgumentException("At least one logit must be finite, and none positive infinity.", nameof(logits));
        }

        _bits.Fill(context, _green);
        if (_strength.Share is null)
        {
            var bias = (float)_strength.LogitBias * temperature;
            Add(float.PositiveInfinity, [0, 0, 0, bias]);
        }
        else
        {
            var least = (float)(FillWeights(highest, 1 / temperature) * MarkStrength.HeadProbability);
            Span<float> added = stackalloc float[4];
            Changes(Masses(least), temperature, added);
            Add(least, added);
        }

        _logits.AsSpan(0, Vocabulary).CopyTo(logits);
    }

    private float Highest()
    {
        var high = Vector256.Create(float.NegativeInfinity);
        foreach (var vector in MemoryMarshal.Cast<float, Vector256<float>>(_logits.AsSpan()))
        {
            high = Vector256.Max(high, vector);
        }

        var highest = float.NegativeInfinity;
        for (var lane = 0; lane < Lanes; lane++)
        {
            highest = Math.Max(highest, high[lane]);
        }

        return highest;
    }

    /// <summary>The weights and their sum, rounded as <see cref="MarkedSampler"/> rounds them, so that both have one head.</summary>
    private double FillWeights(float highest, float scale)
    {
        var (shift, factor) = (Vector256.Create(highest), Vector256.Create(scale));
        var logits = MemoryMarshal.Cast<float, Vector256<float>>(_logits.AsSpan());
        var weights = MemoryMarshal.Cast<float, Vector256<float>>(_weights.AsSpan());
        var total = 0.0;
        for (var first = 0; first < logits.Length; first += BlockVectors)
        {
            var sum = Vector256<float>.Zero;
            for (var i = first; i < Math.Min(first + BlockVectors, logits.Length); i++)
            {
                weights[i] = Vector256.Exp((logits[i] - shift) * factor);
                sum += weights[i];
            }

            total += Vector256.Sum(sum);
        }

        return total;
    }

    /// <summary>Sums of weights: of red ones of the tail, green ones of the tail, red ones of the head, green ones of the head.</summary>
    private (double RedTail, double GreenTail, double RedHead, double GreenHead) Masses(float least)
    {
        var weights = MemoryMarshal.Cast<float, Vector256<float>>(_weights.AsSpan());
        var (redTail, greenTail, redHead, greenHead) = (0.0, 0.0, 0.0, 0.0);
        for (var first = 0; first < weights.Length; first += BlockVectors)
        {
            var (tail, green) = (Vector256<float>.Zero, Vector256<float>.Zero);
            for (var i = first; i < Math.Min(first + BlockVectors, weights.Length); i++)
            {
                var heavy = Vector256.GreaterThanOrEqual(weights[i], Vector256.Create(least));
                var light = Vector256.AndNot(weights[i], heavy);
                var isGreen = Colours(i);
                tail += Vector256.AndNot(light, isGreen);
                green += light & isGreen;
                for (var which = heavy.ExtractMostSignificantBits(); which != 0; which &= which - 1)
                {
                    var token = (i * Lanes) + System.Numerics.BitOperations.TrailingZeroCount(which);
                    (redHead, greenHead) = IsGreen(token)
                        ? (redHead, greenHead + _weights[token])
                        : (redHead + _weights[token], greenHead);
                }
            }

            (redTail, greenTail) = (redTail + Vector256.Sum(tail), greenTail + Vector256.Sum(green));
        }

        return (redTail, greenTail, redHead, greenHead);
    }

    /// <summary>What is added to logits, in the order of the masses. A factor of zero excludes the token.</summary>
    private void Changes((double RedTail, double GreenTail, double RedHead, double GreenHead) masses, float temperature, Span<float> added)
    {
        var tail = masses.RedTail + masses.GreenTail;
        var greenShare = tail > 0 ? masses.GreenTail / tail : 0;
        var head = masses.RedHead + masses.GreenHead;
        var before = head > 0 ? masses.GreenHead / head : 0;
        var after = _strength.GreenMass(before);
        ReadOnlySpan<double> factors =
        [
            1 - (_strength.Share!.Value * greenShare),
            1 + (_strength.Share.Value * (1 - greenShare)),
            before < 1 ? (1 - after) / (1 - before) : 1,
            before > 0 ? after / before : 1,
        ];
        for (var i = 0; i < added.Length; i++)
        {
            added[i] = (float)(temperature * Math.Log(factors[i]));
        }
    }

    private void Add(float least, ReadOnlySpan<float> added)
    {
        var logits = MemoryMarshal.Cast<float, Vector256<float>>(_logits.AsSpan());
        var weights = MemoryMarshal.Cast<float, Vector256<float>>(_weights.AsSpan());
        var (redTail, greenTail) = (Vector256.Create(added[0]), Vector256.Create(added[1]));
        var (redHead, greenHead) = (Vector256.Create(added[2]), Vector256.Create(added[3]));
        var isAll = float.IsPositiveInfinity(least);
        for (var i = 0; i < logits.Length; i++)
        {
            var isGreen = Colours(i);
            var isHead = isAll ? Vector256<float>.AllBitsSet : Vector256.GreaterThanOrEqual(weights[i], Vector256.Create(least));
            logits[i] += Vector256.ConditionalSelect(
                isHead,
                Vector256.ConditionalSelect(isGreen, greenHead, redHead),
                Vector256.ConditionalSelect(isGreen, greenTail, redTail));
        }
    }

    /// <summary>All bits of a lane set where its token is green.</summary>
    private Vector256<float> Colours(int eight)
    {
        var lanes = Vector256.Create(1u, 2, 4, 8, 16, 32, 64, 128);
        var colours = MemoryMarshal.AsBytes(_green.AsSpan());
        return Vector256.Equals(Vector256.Create((uint)colours[eight]) & lanes, lanes).AsSingle();
    }

    private bool IsGreen(int token) => ((_green[token >> 6] >> token) & 1) != 0;
}
