using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Stillwatch.Statistics;

namespace Stillwatch.Provenance.Watermarking;

/// <summary>
/// Draws the next token from logits, with the production mark. For inference hosts in .NET; one a thread, because it keeps its buffers.
/// </summary>
/// <remarks>
/// With a bias a token is drawn without a mark, and a red one is kept with the probability by which the bias makes it rarer, or else
/// another is drawn: the same distribution, and only the colours of what was drawn are needed. Otherwise one pass over the logits gives
/// the weights and what green ones have together; the colour is drawn by <see cref="MarkStrength.GreenMass"/>, and then a token of that
/// colour. Truncation (top-k, top-p) is the host's: it sets logits to negative infinity. A greedy step, at temperature zero, has nothing
/// to mark.
/// </remarks>
public sealed class MarkedSampler
{
    private const int Lanes = 8;
    private const int BlockSize = 1024;
    private const int MaxAttempts = 16;

    private readonly KeyedGreenBits _bits;
    private readonly MarkStrength _strength;
    private readonly ulong[] _green;
    private readonly float[] _weights;
    private readonly float[] _blockTotals;
    private readonly float[] _blockGreens;

    /// <param name="bits">The key's colours; they stay the caller's.</param>
    /// <param name="strength">How far to lean.</param>
    /// <param name="vocabulary">Number of logits, at least 1.</param>
    public MarkedSampler(KeyedGreenBits bits, MarkStrength strength, int vocabulary)
    {
        ArgumentNullException.ThrowIfNull(bits);
        ArgumentOutOfRangeException.ThrowIfLessThan(vocabulary, 1);
        (_bits, _strength, Vocabulary) = (bits, strength, vocabulary);
        var blocks = (vocabulary + BlockSize - 1) / BlockSize;
        _green = new ulong[KeyedGreenBits.WordsFor(blocks * BlockSize)];
        _weights = new float[blocks * BlockSize];
        _blockTotals = new float[blocks];
        _blockGreens = new float[blocks];
    }

    /// <summary>Number of logits.</summary>
    public int Vocabulary { get; }

    /// <summary>Draws a token; the caller tells the sequence of it (<see cref="MarkedSequence.Accept"/>).</summary>
    /// <param name="logits">One a token of the vocabulary; negative infinity excludes.</param>
    /// <param name="temperature">Above 0.</param>
    /// <param name="sequence">What came before; null draws without a mark.</param>
    /// <param name="uniform">Randomness of the host; how many numbers are drawn depends on chance.</param>
    /// <exception cref="ArgumentException">No token has a finite logit.</exception>
    public int Draw(ReadOnlySpan<float> logits, float temperature, MarkedSequence? sequence, ref SeededGenerator uniform)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(logits.Length, Vocabulary);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(temperature);
        var highest = Highest(logits);
        if (!float.IsFinite(highest))
        {
            throw new ArgumentException("At least one logit must be finite, and none positive infinity.", nameof(logits));
        }

        var isMarked = sequence is not null && sequence.TakeMark();
        if (!isMarked || _strength.KeptRed is not null)
        {
            FillWeights(logits, highest, 1 / temperature);
            if (!isMarked)
            {
                return Scan(uniform.NextDouble() * Sum(_blockTotals), _blockTotals, isMarked: false, green: false);
            }

            if (DrawKept(sequence!, _strength.KeptRed!.Value, ref uniform) is { } kept)
            {
                return kept;
            }
        }

        return DrawByColour(logits, highest, 1 / temperature, sequence!, ref uniform);
    }

    /// <summary>
    /// By rejection; null after many rejections, since which another way to draw from the same distribution changes nothing.
    /// </summary>
    private int? DrawKept(MarkedSequence sequence, double keptRed, ref SeededGenerator uniform)
    {
        var total = Sum(_blockTotals);
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            var token = Scan(uniform.NextDouble() * total, _blockTotals, isMarked: false, green: false);
            if (_bits.IsGreen(sequence.Context, token) || uniform.NextDouble() < keptRed)
            {
                return token;
            }
        }

        return null;
    }

    private int DrawByColour(
        ReadOnlySpan<float> logits, float highest, float scale, MarkedSequence sequence, ref SeededGenerator uniform)
    {
        _bits.Fill(sequence.Context, _green);
        FillMarkedWeights(logits, highest, scale);
        var (total, greenTotal) = (Sum(_blockTotals), Sum(_blockGreens));
        var green = uniform.NextDouble() < _strength.GreenMass(greenTotal / total);
        if (!green)
        {
            for (var block = 0; block < _blockTotals.Length; block++)
            {
                _blockTotals[block] -= _blockGreens[block];
            }
        }

        var of = green ? greenTotal : total - greenTotal;
        return Scan(uniform.NextDouble() * of, green ? _blockGreens : _blockTotals, isMarked: true, green);
    }

    private static float Highest(ReadOnlySpan<float> logits)
    {
        var vectors = MemoryMarshal.Cast<float, Vector256<float>>(logits);
        var high = Vector256.Create(float.NegativeInfinity);
        foreach (var vector in vectors)
        {
            high = Vector256.Max(high, vector);
        }

        var highest = float.NegativeInfinity;
        for (var lane = 0; lane < Lanes; lane++)
        {
            highest = Math.Max(highest, high[lane]);
        }

        foreach (var logit in logits[(vectors.Length * Lanes)..])
        {
            highest = Math.Max(highest, logit);
        }

        return highest;
    }

    private static double Sum(float[] blocks)
    {
        var sum = 0.0;
        foreach (var block in blocks)
        {
            sum += block;
        }

        return sum;
    }

    /// <summary>The last logits, fewer than eight; past the end of the vocabulary negative infinity, whose weight is zero.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Vector256<float> LoadEnd(ReadOnlySpan<float> logits, int first)
    {
        Span<float> lanes = stackalloc float[Lanes];
        lanes.Fill(float.NegativeInfinity);
        if (first < logits.Length)
        {
            logits[first..].CopyTo(lanes);
        }

        return Vector256.Create((ReadOnlySpan<float>)lanes);
    }

    private void FillWeights(ReadOnlySpan<float> logits, float highest, float scale)
    {
        var (shift, factor) = (Vector256.Create(highest), Vector256.Create(scale));
        var vectors = MemoryMarshal.Cast<float, Vector256<float>>(logits);
        var weights = MemoryMarshal.Cast<float, Vector256<float>>(_weights.AsSpan());
        for (var block = 0; block < _blockTotals.Length; block++)
        {
            var total = Vector256<float>.Zero;
            for (var i = block * (BlockSize / Lanes); i < (block + 1) * (BlockSize / Lanes); i++)
            {
                var eight = i < vectors.Length ? vectors[i] : LoadEnd(logits, i * Lanes);
                var weight = Vector256.Exp((eight - shift) * factor);
                weights[i] = weight;
                total += weight;
            }

            _blockTotals[block] = Vector256.Sum(total);
        }
    }

    private void FillMarkedWeights(ReadOnlySpan<float> logits, float highest, float scale)
    {
        var (shift, factor) = (Vector256.Create(highest), Vector256.Create(scale));
        var vectors = MemoryMarshal.Cast<float, Vector256<float>>(logits);
        var weights = MemoryMarshal.Cast<float, Vector256<float>>(_weights.AsSpan());
        var colours = MemoryMarshal.AsBytes(_green.AsSpan());
        var lanes = Vector256.Create(1u, 2, 4, 8, 16, 32, 64, 128);
        for (var block = 0; block < _blockTotals.Length; block++)
        {
            var (total, green) = (Vector256<float>.Zero, Vector256<float>.Zero);
            for (var i = block * (BlockSize / Lanes); i < (block + 1) * (BlockSize / Lanes); i++)
            {
                var eight = i < vectors.Length ? vectors[i] : LoadEnd(logits, i * Lanes);
                var weight = Vector256.Exp((eight - shift) * factor);
                weights[i] = weight;
                total += weight;
                var colour = Vector256.Create((uint)colours[i]) & lanes;
                green += weight & Vector256.Equals(colour, lanes).AsSingle();
            }

            (_blockTotals[block], _blockGreens[block]) = (Vector256.Sum(total), Vector256.Sum(green));
        }
    }

    /// <summary>The token at which the running sum of the weights of one colour, or of all, passes the target.</summary>
    private int Scan(double target, float[] blocks, bool isMarked, bool green)
    {
        var chosen = -1;
        for (var block = 0; block < blocks.Length; block++)
        {
            if (target >= blocks[block] && block < blocks.Length - 1)
            {
                target -= blocks[block];
                continue;
            }

            for (var token = block * BlockSize; token < Math.Min((block + 1) * BlockSize, Vocabulary); token++)
            {
                if (_weights[token] == 0 || (isMarked && IsGreen(token) != green))
                {
                    continue;
                }

                chosen = token;
                target -= _weights[token];
                if (target < 0)
                {
                    return token;
                }
            }
        }

        // The sums of blocks and of tokens round differently, so that the target may lie a trifle past the last token.
        return chosen >= 0 ? chosen : LastOf(isMarked, green);
    }

    private int LastOf(bool isMarked, bool green)
    {
        for (var token = Vocabulary - 1; token > 0; token--)
        {
            if (_weights[token] > 0 && (!isMarked || IsGreen(token) == green))
            {
                return token;
            }
        }

        return 0;
    }

    private bool IsGreen(int token) => ((_green[token >> 6] >> token) & 1) != 0;
}
