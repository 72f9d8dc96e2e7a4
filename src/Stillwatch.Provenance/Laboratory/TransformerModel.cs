using Stillwatch.Statistics;

namespace Stillwatch.Provenance.Laboratory;

/// <summary>
/// A small decoder-only transformer over the words of a text: teacher, student or suspect of an experiment. Immutable; safe from any
/// thread.
/// </summary>
/// <remarks>
/// As current models have it, so that what a student of this kind learns of a mark says something of others: normalization before each
/// part (root mean square), rotary positions, gated units, tied embeddings, no biases. After a context that is longer than its window it
/// sees the mark of the beginning and the tokens from the last multiple of half a window on that leaves room for all of them: so that
/// the logits follow from the context alone, and most of the computation for the context before can be kept.
/// </remarks>
public sealed class TransformerModel : ILanguageModel
{
    /// <summary>Texts of which the computation is kept.</summary>
    private const int MaxKept = 8;

    private readonly Lock _lock = new();
    private readonly List<(TransformerSession Session, List<int> Tokens)> _kept = [];

    /// <summary>One that has learnt nothing.</summary>
    /// <param name="options">Its shape.</param>
    /// <param name="seed">Each gives another one.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number of the shape is out of range.</exception>
    public TransformerModel(TransformerOptions options, ulong seed)
        : this(options, Initial(options, seed))
    {
    }

    internal TransformerModel(TransformerOptions options, float[] values)
    {
        ArgumentNullException.ThrowIfNull(options);
        (Options, Layout, Values) = (options, new(options), values);
        ArgumentOutOfRangeException.ThrowIfNotEqual(values.Length, Layout.Length);
    }

    /// <summary>Its shape.</summary>
    public TransformerOptions Options { get; }

    /// <inheritdoc/>
    public int Vocabulary => Options.Vocabulary;

    internal TransformerLayout Layout { get; }

    /// <summary>All parameters.</summary>
    internal float[] Values { get; }

    /// <summary>Reads a file that <see cref="Save"/> wrote.</summary>
    /// <param name="input">The file; nobody has to trust it.</param>
    /// <exception cref="InvalidDataException">It is no such file, is damaged, or holds numbers that are not finite.</exception>
    public static TransformerModel Load(Stream input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return TransformerFile.Read(input);
    }

    /// <summary>Writes the model in the format safetensors, its shape among the metadata.</summary>
    public void Save(Stream output)
    {
        ArgumentNullException.ThrowIfNull(output);
        TransformerFile.Write(output, this);
    }

    /// <summary>Begins texts that are read or written together.</summary>
    /// <param name="texts">How many, at least 1.</param>
    /// <param name="degree">Threads at most.</param>
    public TransformerSession Open(int texts, int degree = 1) => new(this, texts, degree);

    /// <inheritdoc/>
    public void FillLogits(ReadOnlySpan<int> context, Span<float> logits)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(logits.Length, Vocabulary);
        var seen = context[FirstSeen(context.Length)..];
        var (session, tokens) = Take(seen);
        var last = tokens.Count < seen.Length || session.Length == 0
            ? session.Advance(seen[tokens.Count..], lastOnly: true)
            : session.Last;
        last.CopyTo(logits);
        tokens.Clear();
        tokens.AddRange(seen);
        lock (_lock)
        {
            _kept.Add((session, tokens));
            _kept.RemoveRange(0, Math.Max(0, _kept.Count - MaxKept));
        }
    }

    /// <summary>By how much rows of the embedding are multiplied, which as an output layer are small.</summary>
    internal static float EmbeddingScale(TransformerOptions options) => MathF.Sqrt(options.Dimension);

    /// <summary>The first token of a context that is seen.</summary>
    internal int FirstSeen(int length)
    {
        var (room, step) = (Options.Window - 1, Options.Window / 2);
        return length <= room ? 0 : (length - room + step - 1) / step * step;
    }

    /// <summary>A session that has read the longest part of a text, and what it has read.</summary>
    private (TransformerSession Session, List<int> Tokens) Take(ReadOnlySpan<int> seen)
    {
        lock (_lock)
        {
            var best = -1;
            for (var i = 0; i < _kept.Count; i++)
            {
                var tokens = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_kept[i].Tokens);
                best = seen.StartsWith(tokens) && (best < 0 || tokens.Length > _kept[best].Tokens.Count) ? i : best;
            }

            if (best >= 0)
            {
                var kept = _kept[best];
                _kept.RemoveAt(best);
                return kept;
            }
        }

        return (Open(1), []);
    }

    /// <summary>Normal numbers; smaller before a sum of many, as GPT-2 has it.</summary>
    private static float[] Initial(TransformerOptions options, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(options);
        var layout = new TransformerLayout(options);
        var (values, random) = (new float[layout.Length], new SeededGenerator(seed));
        var ends = layout.Layers.SelectMany(static layer => new[] { layer.AttentionOut, layer.Down }).ToHashSet();
        foreach (var tensor in layout.Tensors)
        {
            if (tensor.Rows == 1)
            {
                tensor.Of(values).Fill(1);
                continue;
            }

            var scale = tensor == layout.Embedding ? 0.02 : 1 / Math.Sqrt(tensor.Rows);
            scale /= ends.Contains(tensor) ? Math.Sqrt(2 * options.Layers) : 1;
            foreach (ref var value in tensor.Of(values))
            {
                var radius = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble()));
                value = (float)(scale * radius * Math.Cos(2 * Math.PI * random.NextDouble()));
            }
        }

        return values;
    }
}
