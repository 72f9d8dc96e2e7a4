using System.Numerics;
using System.Runtime.InteropServices;
using Stillwatch.Statistics;

namespace Stillwatch.Provenance.Laboratory;

/// <summary>
/// A model with a final layer as language models have it: logits are a matrix times a hidden state that is much shorter. It has learnt
/// nothing; what can be read off its logits is what can be read off any such model's. Immutable; safe from any thread.
/// </summary>
/// <remarks>
/// The hidden state is a random network's view of the last tokens. Its directions vary less and less, as <c>k^-Decline</c>: hidden
/// states of language models lie mostly in few directions (Ethayarajh, EMNLP 2019). Single precision throughout.
/// </remarks>
public sealed class FinalLayerModel : ILanguageModel
{
    /// <summary>How many of the last tokens the hidden state depends on.</summary>
    public const int Window = 16;

    private const float Memory = 0.8f;

    /// <summary>Standard deviation of the logits over the vocabulary, about that of language models.</summary>
    private const float Spread = 3;

    private readonly float[] _embedding;
    private readonly float[] _mixing;
    private readonly float[] _layer;
    private readonly float[] _scales;

    /// <param name="dimension">Length of the hidden state, 2 or more.</param>
    /// <param name="vocabulary">Tokens, more than <paramref name="dimension"/>.</param>
    /// <param name="decline">How fast directions of the hidden state vary less; 0 for all alike.</param>
    /// <param name="seed">Each gives another model.</param>
    public FinalLayerModel(int dimension, int vocabulary, double decline, ulong seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimension, 2);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(vocabulary, dimension);
        ArgumentOutOfRangeException.ThrowIfNegative(decline);
        (Dimension, Vocabulary) = (dimension, vocabulary);
        var random = new SeededGenerator(seed);
        _embedding = Gaussians(ref random, vocabulary * dimension);
        _mixing = Gaussians(ref random, dimension * dimension);
        _layer = Gaussians(ref random, vocabulary * dimension);
        var scales = Enumerable.Range(1, dimension).Select(k => Math.Pow(k, -decline)).ToArray();
        var length = Math.Sqrt(scales.Sum(static scale => scale * scale));
        _scales = [.. scales.Select(scale => (float)(Spread * scale / length))];
    }

    /// <summary>Length of the hidden state.</summary>
    public int Dimension { get; }

    /// <inheritdoc/>
    public int Vocabulary { get; }

    /// <summary>The final layer: a row for each token.</summary>
    public double[,] Layer()
    {
        var layer = new double[Vocabulary, Dimension];
        for (var token = 0; token < Vocabulary; token++)
        {
            for (var k = 0; k < Dimension; k++)
            {
                layer[token, k] = _layer[(token * Dimension) + k];
            }
        }

        return layer;
    }

    /// <inheritdoc/>
    public void FillLogits(ReadOnlySpan<int> context, Span<float> logits)
    {
        Span<float> seen = new float[Dimension];
        Span<float> hidden = new float[Dimension];
        var weight = 1f;
        for (var back = 1; back <= Math.Min(Window, context.Length); back++)
        {
            var embedding = Row(_embedding, context[^back]);
            for (var k = 0; k < Dimension; k++)
            {
                seen[k] += weight * embedding[k];
            }

            weight *= Memory;
        }

        var norm = MathF.Sqrt(Dot(seen, seen));
        for (var k = 0; k < Dimension; k++)
        {
            hidden[k] = _scales[k] * Activation(norm == 0 ? 0 : Dot(Row(_mixing, k), seen) / norm);
        }

        for (var token = 0; token < Vocabulary; token++)
        {
            logits[token] = Dot(Row(_layer, token), hidden);
        }
    }

    /// <summary>Neither linear nor bounded, with unit variance or about.</summary>
    private static float Activation(float x) => x + (0.5f * MathF.Sin(2 * x));

    private ReadOnlySpan<float> Row(float[] matrix, int row) => matrix.AsSpan(row * Dimension, Dimension);

    private static float Dot(ReadOnlySpan<float> left, ReadOnlySpan<float> right)
    {
        var wideLeft = MemoryMarshal.Cast<float, Vector<float>>(left);
        var wideRight = MemoryMarshal.Cast<float, Vector<float>>(right);
        var sums = Vector<float>.Zero;
        for (var i = 0; i < wideLeft.Length; i++)
        {
            sums += wideLeft[i] * wideRight[i];
        }

        var sum = Vector.Sum(sums);
        for (var i = wideLeft.Length * Vector<float>.Count; i < left.Length; i++)
        {
            sum += left[i] * right[i];
        }

        return sum;
    }

    private static float[] Gaussians(ref SeededGenerator random, int count)
    {
        var values = new float[count];
        for (var i = 0; i < count; i++)
        {
            values[i] = (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
        }

        return values;
    }
}
