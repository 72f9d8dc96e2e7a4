using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Stillwatch.Provenance.Laboratory;

/// <summary>What a transformer does to the states of single tokens, forward and backward. Stateless; safe from any thread.</summary>
internal static class RowKernels
{
    /// <summary>Rows of one piece of parallel work; the same for every number of threads, so that sums come in one order.</summary>
    private const int PieceRows = 64;

    private const float Epsilon = 1e-5f;

    /// <summary>Does something to pieces of the rows.</summary>
    public static void ForPieces(int rows, int degree, Action<int, int> work)
    {
        var pieces = (rows + PieceRows - 1) / PieceRows;
        if (degree == 1 || pieces == 1)
        {
            work(0, rows);
            return;
        }

        Parallel.For(
            0, pieces, new ParallelOptions { MaxDegreeOfParallelism = degree },
            piece => work(piece * PieceRows, Math.Min((piece + 1) * PieceRows, rows)));
    }

    /// <summary>Root mean square normalization with a gain (Zhang and Sennrich 2019); returns one over the root mean square.</summary>
    public static float Normalize(ReadOnlySpan<float> x, ReadOnlySpan<float> gain, Span<float> y)
    {
        var inverse = 1 / MathF.Sqrt((Dot(x, x) / x.Length) + Epsilon);
        var xs = Wide(x);
        var gains = Wide(gain);
        var ys = Wide(y);
        for (var i = 0; i < ys.Length; i++)
        {
            ys[i] = xs[i] * inverse * gains[i];
        }

        return inverse;
    }

    /// <summary>Adds the gradient of the state before normalization.</summary>
    public static void NormalizeBackward(
        ReadOnlySpan<float> x, ReadOnlySpan<float> gain, float inverse, ReadOnlySpan<float> dy, Span<float> dx)
    {
        var xs = Wide(x);
        var gains = Wide(gain);
        var dys = Wide(dy);
        var dxs = Wide(dx);
        var along = Vector512<float>.Zero;
        for (var i = 0; i < xs.Length; i++)
        {
            along = Vector512.FusedMultiplyAdd(dys[i] * gains[i], xs[i], along);
        }

        var back = Vector512.Sum(along) * inverse * inverse * inverse / x.Length;
        for (var i = 0; i < xs.Length; i++)
        {
            dxs[i] += (dys[i] * gains[i] * inverse) - (xs[i] * back);
        }
    }

    /// <summary>Adds the gradient of the gain.</summary>
    public static void GainBackward(ReadOnlySpan<float> x, float inverse, ReadOnlySpan<float> dy, Span<float> dgain)
    {
        var xs = Wide(x);
        var dys = Wide(dy);
        var gains = Wide(dgain);
        for (var i = 0; i < xs.Length; i++)
        {
            gains[i] += dys[i] * xs[i] * inverse;
        }
    }

    /// <summary>The gated unit SwiGLU (Shazeer 2020): g sigmoid(g) u, for the gates g in the first half and u in the second.</summary>
    public static void Gate(ReadOnlySpan<float> gateUp, Span<float> result)
    {
        var gates = Wide(gateUp[..result.Length]);
        var ups = Wide(gateUp[result.Length..]);
        var results = Wide(result);
        for (var i = 0; i < results.Length; i++)
        {
            results[i] = gates[i] * Sigmoid(gates[i]) * ups[i];
        }
    }

    /// <summary>Turns the gradient of the unit into that of gates and the others, in place of these.</summary>
    public static void GateBackward(ReadOnlySpan<float> dresult, Span<float> gateUp)
    {
        var gates = Wide(gateUp[..dresult.Length]);
        var ups = Wide(gateUp[dresult.Length..]);
        var ds = Wide(dresult);
        for (var i = 0; i < ds.Length; i++)
        {
            var (gate, up) = (gates[i], ups[i]);
            var sigmoid = Sigmoid(gate);
            gates[i] = ds[i] * up * sigmoid * (Vector512<float>.One + (gate * (Vector512<float>.One - sigmoid)));
            ups[i] = ds[i] * gate * sigmoid;
        }
    }

    /// <summary>Replaces logits by probabilities; returns the logarithm of the sum of the exponentials.</summary>
    public static float Softmax(Span<float> logits)
    {
        var vectors = Wide(logits);
        var highest = float.NegativeInfinity;
        foreach (var logit in logits)
        {
            highest = Math.Max(highest, logit);
        }

        var sums = Vector512<float>.Zero;
        for (var i = 0; i < vectors.Length; i++)
        {
            vectors[i] = Vector512.Exp(vectors[i] - Vector512.Create(highest));
            sums += vectors[i];
        }

        var sum = Vector512.Sum(sums);
        for (var i = vectors.Length * Vector512<float>.Count; i < logits.Length; i++)
        {
            sum += logits[i] = MathF.Exp(logits[i] - highest);
        }

        Scale(logits, 1 / sum);
        return highest + MathF.Log(sum);
    }

    /// <summary>One step of AdamW; all of a length that is a multiple of 16.</summary>
    public static void Adam(Span<float> values, ReadOnlySpan<float> gradients, Span<float> first, Span<float> second, AdamStep step)
    {
        var xs = Wide(values);
        var gs = Wide(gradients);
        var ms = Wide(first);
        var vs = Wide(second);
        for (var i = 0; i < xs.Length; i++)
        {
            var gradient = gs[i];
            var moment = ms[i] = (ms[i] * step.FirstDecay) + (gradient * (1 - step.FirstDecay));
            var square = vs[i] = (vs[i] * step.SecondDecay) + (gradient * gradient * (1 - step.SecondDecay));
            var root = (Vector512.Sqrt(square) * step.Root) + Vector512.Create(step.Epsilon);
            xs[i] -= (xs[i] * step.Shrinking) + (moment * step.Size / root);
        }
    }

    /// <summary>Multiplies by a number.</summary>
    public static void Scale(Span<float> values, float factor)
    {
        var vectors = Wide(values);
        for (var i = 0; i < vectors.Length; i++)
        {
            vectors[i] *= factor;
        }

        for (var i = vectors.Length * Vector512<float>.Count; i < values.Length; i++)
        {
            values[i] *= factor;
        }
    }

    /// <summary>Adds a multiple.</summary>
    public static void Add(ReadOnlySpan<float> values, float factor, Span<float> sums)
    {
        var vectors = Wide(values);
        var totals = Wide(sums);
        for (var i = 0; i < totals.Length; i++)
        {
            totals[i] = Vector512.FusedMultiplyAdd(vectors[i], Vector512.Create(factor), totals[i]);
        }

        for (var i = totals.Length * Vector512<float>.Count; i < sums.Length; i++)
        {
            sums[i] += factor * values[i];
        }
    }

    /// <summary>The inner product.</summary>
    public static float Dot(ReadOnlySpan<float> left, ReadOnlySpan<float> right)
    {
        var lefts = Wide(left);
        var rights = Wide(right);
        var sums = Vector512<float>.Zero;
        for (var i = 0; i < lefts.Length; i++)
        {
            sums = Vector512.FusedMultiplyAdd(lefts[i], rights[i], sums);
        }

        var sum = Vector512.Sum(sums);
        for (var i = lefts.Length * Vector512<float>.Count; i < left.Length; i++)
        {
            sum += left[i] * right[i];
        }

        return sum;
    }

    private static Vector512<float> Sigmoid(Vector512<float> x) => Vector512<float>.One / (Vector512<float>.One + Vector512.Exp(-x));

    private static ReadOnlySpan<Vector512<float>> Wide(ReadOnlySpan<float> values) => MemoryMarshal.Cast<float, Vector512<float>>(values);

    private static Span<Vector512<float>> Wide(Span<float> values) => MemoryMarshal.Cast<float, Vector512<float>>(values);
}
