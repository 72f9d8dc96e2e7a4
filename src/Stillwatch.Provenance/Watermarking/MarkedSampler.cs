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
/// another is drawn: the same distribution, and only the colours of what was drawn are needed. Unbiased, a token is drawn without a mark
/// to choose between head and tail, and then one of the head by colour, or a second one of the tail (<see cref="MarkStrength"/>).
/// Truncation (top-k, top-p) is the host's: it sets logits to negative infinity. A greedy step, at temperature zero, has nothing to mark.
/// </remarks>
public sealed class MarkedSampler
{
    private const int Lanes = 8;
    private const int BlockSize = 1024;
    private const int MaxAttempts = 16;

    /// <summary>More than there can be, but for rounding.</summary>
    private const int MaxHead = 160;

    private readonly KeyedGreenBits _bits;
    private readonly MarkStrength _strength;
    private readonly ulong[] _green;
    private readonly float[] _weights;
    private readonly float[] _blockTotals;
    private readonly float[] _blockGreens;
    private readonly float[] _blockHighs;
    private readonly List<int> _head = [];

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
        _blockHighs = new float[blocks];
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
        var highest = Fill(logits, temperature);
        return sequence is not null && sequence.TakeMark()
            ? DrawAfter(logits, (highest, 1 / temperature), sequence.Context, ref uniform)
            : Scan(uniform.NextDouble() * Sum(_blockTotals), _blockTotals, isMarked: false, green: false);
    }

    /// <summary>Draws with the mark after a context, for hosts that keep no <see cref="MarkedSequence"/>.</summary>
    /// <param name="logits">One a token of the vocabulary; negative infinity excludes.</param>
    /// <param name="temperature">Above 0.</param>
    /// <param name="context">The ids before the token, oldest first; <see cref="MarkedSequence.IsMarked"/> tells which to mark.</param>
    /// <param name="uniform">Randomness of the host; how many numbers are drawn depends on chance.</param>
    /// <exception cref="ArgumentException">No token has a finite logit.</exception>
    public int DrawMarked(ReadOnlySpan<float> logits, float temperature, ReadOnlySpan<int> context, ref SeededGenerator uniform) =>
        DrawAfter(logits, (Fill(logits, temperature), 1 / temperature), context, ref uniform);

    private float Fill(ReadOnlySpan<float> logits, float temperature)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(logits.Length, Vocabulary);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(temperature);
        var highest = Highest(logits);
        if (!float.IsFinite(highest))
        {
            throw new ArgumentException("At least one logit must be finite, and none positive infinity.", nameof(logits));
        }

        FillWeights(logits, highest, 1 / temperature);
        return highest;
    }

    private int DrawAfter(
        ReadOnlySpan<float> logits, (float Highest, float Scale) softmax, ReadOnlySpan<int> context, ref SeededGenerator uniform) =>
        _strength.Share is { } share
            ? DrawUnbiased(softmax, context, share, ref uniform)
            : DrawKept(context, _strength.KeptRed!.Value, ref uniform) ?? DrawByColour(logits, softmax, context, ref uniform);

    private int DrawUnbiased(
        (float Highest, float Scale) softmax, ReadOnlySpan<int> context, double share, ref SeededGenerator uniform)
    {
        var (total, tag) = (Sum(_blockTotals), _bits.Tag(context));
        var token = Scan(uniform.NextDouble() * total, _blockTotals, isMarked: false, green: false);
        var least = (float)(total * MarkStrength.HeadProbability);
        if (_weights[token] >= least)
        {
            FindHead(softmax, least);
            return DrawHead(tag, ref uniform);
        }

        if (_bits.IsGreen(tag, token) || uniform.NextDouble() >= share)
        {
            return token;
        }

        FindHead(softmax, least);
        var other = DrawTail(ref uniform);
        return _bits.IsGreen(tag, other) ? other : token;
    }

    /// <summary>The tokens of the head; only blocks with a weight that is large enough are looked through.</summary>
    private void FindHead((float Highest, float Scale) softmax, float least)
    {
        _head.Clear();
        var weights = MemoryMarshal.Cast<float, Vector256<float>>(_weights.AsSpan());
        var limit = Vector256.Create(least);

        // The logarithm and the exponentials that made the weights round differently, hence the allowance.
        var lowest = MathF.Log(least * 0.999f);
        for (var block = 0; block < _blockHighs.Length; block++)
        {
            if ((_blockHighs[block] - softmax.Highest) * softmax.Scale < lowest)
            {
                continue;
            }

            for (var i = block * (BlockSize / Lanes); i < (block + 1) * (BlockSize / Lanes); i++)
            {
                var heavy = Vector256.GreaterThanOrEqual(weights[i], limit).ExtractMostSignificantBits();
                for (; heavy != 0; heavy &= heavy - 1)
                {
                    _head.Add(i * Lanes + System.Numerics.BitOperations.TrailingZeroCount(heavy));
                }
            }
        }
    }

    private int DrawHead(Vector128<byte> tag, ref SeededGenerator uniform)
    {
        Span<double> totals = stackalloc double[2];
        var colours = _head.Count <= MaxHead ? stackalloc int[MaxHead] : new int[_head.Count];
        for (var i = 0; i < _head.Count; i++)
        {
            colours[i] = _bits.IsGreen(tag, _head[i]) ? 1 : 0;
            totals[colours[i]] += _weights[_head[i]];
        }

        var colour = uniform.NextDouble() < _strength.GreenMass(totals[1] / (totals[0] + totals[1])) ? 1 : 0;
        var (target, chosen) = (uniform.NextDouble() * totals[colour], -1);
        for (var i = 0; i < _head.Count && target >= 0; i++)
        {
            (chosen, target) = colours[i] == colour ? (_head[i], target - _weights[_head[i]]) : (chosen, target);
        }

        return chosen;
    }

    private int DrawTail(ref SeededGenerator uniform)
    {
        foreach (var token in _head)
        {
            _weights[token] = 0;
        }

        var weights = MemoryMarshal.Cast<float, Vector256<float>>(_weights.AsSpan());
        var last = -1;
        foreach (var token in _head)
        {
            if (token / BlockSize == last)
            {
                continue;
            }

            last = token / BlockSize;
            var sum = Vector256<float>.Zero;
            foreach (var eight in weights.Slice(last * (BlockSize / Lanes), BlockSize / Lanes))
            {
                sum += eight;
            }

            _blockTotals[last] = Vector256.Sum(sum);
        }

        return Scan(uniform.NextDouble() * Sum(_blockTotals), _blockTotals, isMarked: false, green: false);
    }

    /// <summary>
    /// By rejection; null after many rejections, since which another way to draw from the same distribution changes nothing.
    /// </summary>
    private int? DrawKept(ReadOnlySpan<int> context, double keptRed, ref SeededGenerator uniform)
    {
        var total = Sum(_blockTotals);
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            var token = Scan(uniform.NextDouble() * total, _blockTotals, isMarked: false, green: false);
            if (_bits.IsGreen(context, token) || uniform.NextDouble() < keptRed)
            {
                return token;
            }
        }

        return null;
    }

    private int DrawByColour(
        ReadOnlySpan<float> logits, (float Highest, float Scale) softmax, ReadOnlySpan<int> context, ref SeededGenerator uniform)
    {
        _bits.Fill(context, _green);
        FillMarkedWeights(logits, softmax.Highest, softmax.Scale);
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

    /// <summary>The highest logit, of each block and of all.</summary>
    private float Highest(ReadOnlySpan<float> logits)
    {
        var highest = float.NegativeInfinity;
        for (var block = 0; block < _blockHighs.Length; block++)
        {
            var part = logits[(block * BlockSize)..Math.Min((block + 1) * BlockSize, logits.Length)];
            var vectors = MemoryMarshal.Cast<float, Vector256<float>>(part);
            var high = Vector256.Create(float.NegativeInfinity);
            foreach (var vector in vectors)
            {
                high = Vector256.Max(high, vector);
            }

            var most = float.NegativeInfinity;
            for (var lane = 0; lane < Lanes; lane++)
            {
                most = Math.Max(most, high[lane]);
            }

            foreach (var logit in part[(vectors.Length * Lanes)..])
            {
                most = Math.Max(most, logit);
            }

            _blockHighs[block] = most;
            highest = Math.Max(highest, most);
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
