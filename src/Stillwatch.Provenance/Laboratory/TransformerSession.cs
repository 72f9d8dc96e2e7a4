namespace Stillwatch.Provenance.Laboratory;

/// <summary>
/// Texts of equal length that a model reads or writes together, with the keys and values of what it has seen kept. Not thread-safe.
/// </summary>
/// <remarks>Memory, in numbers of four bytes: texts times window times twice the layers times the dimension.</remarks>
public sealed class TransformerSession
{
    private readonly TransformerModel _model;
    private readonly TransformerOptions _options;
    private readonly RotaryPositions _positions;
    private readonly int _degree;
    private readonly float[][] _keys;
    private readonly float[][] _values;
    private float[] _logits = [];
    private int _rows;

    internal TransformerSession(TransformerModel model, int texts, int degree)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(texts, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(degree, 1);
        (_model, _options, Texts, _degree) = (model, model.Options, texts, degree);
        _positions = new(_options.Window, _options.Dimension / _options.Heads);
        var size = texts * _options.Window * _options.Dimension;
        _keys = [.. Enumerable.Range(0, _options.Layers).Select(_ => new float[size])];
        _values = [.. Enumerable.Range(0, _options.Layers).Select(_ => new float[size])];
    }

    /// <summary>How many texts.</summary>
    public int Texts { get; }

    /// <summary>What each has of its window, the mark of the beginning among it; 0 before it is read.</summary>
    public int Length { get; private set; }

    /// <summary>Tokens that there is room for.</summary>
    public int Room => _options.Window - Math.Max(1, Length);

    /// <summary>The logits that the last call gave.</summary>
    internal ReadOnlySpan<float> Last => _logits.AsSpan(0, _rows * _options.Vocabulary);

    /// <summary>Begins anew.</summary>
    public void Reset() => Length = 0;

    /// <summary>Reads the next tokens of each text; the mark of the beginning goes before the first.</summary>
    /// <param name="tokens">As many for every text, one text's behind the other's; none for the beginning alone.</param>
    /// <param name="lastOnly">Whether the logits after the last token are enough.</param>
    /// <returns>
    /// Rows of logits, one text's behind the other's: after the last token, or after each, and before the first one where a text begins.
    /// Valid until the next call.
    /// </returns>
    /// <exception cref="ArgumentException">The texts do not get as many each, or more than there is room for.</exception>
    public ReadOnlySpan<float> Advance(ReadOnlySpan<int> tokens, bool lastOnly)
    {
        var count = tokens.Length / Texts;
        if (tokens.Length % Texts != 0 || count > Room || (count == 0 && Length > 0))
        {
            throw new ArgumentException($"{Texts} texts need as many tokens each, at most {Room}.", nameof(tokens));
        }

        var begins = Length == 0 ? 1 : 0;
        var length = count + begins;
        var ids = new int[Texts * length];
        for (var i = 0; i < ids.Length; i++)
        {
            var (text, place) = (i / length, (i % length) - begins);
            ids[i] = place < 0 ? _options.Vocabulary : tokens[(text * count) + place];
            ArgumentOutOfRangeException.ThrowIfNegative(ids[i], nameof(tokens));
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(ids[i], _options.Vocabulary + (place < 0 ? 1 : 0), nameof(tokens));
        }

        var state = Embedded(ids);
        for (var layer = 0; layer < _options.Layers; layer++)
        {
            Layer(layer, state, length);
        }

        Length += length;
        return Logits(state, length, lastOnly);
    }

    private float[] Embedded(int[] ids)
    {
        var d = _options.Dimension;
        var state = new float[ids.Length * d];
        var embedding = _model.Layout.Embedding.Of(_model.Values);
        for (var row = 0; row < ids.Length; row++)
        {
            embedding.Slice(ids[row] * d, d).CopyTo(state.AsSpan(row * d));
        }

        RowKernels.Scale(state, TransformerModel.EmbeddingScale(_options));
        return state;
    }

    private void Layer(int number, float[] state, int length)
    {
        var (d, h, rows, tensors) = (_options.Dimension, _options.Hidden, Texts * length, _model.Layout.Layers[number]);
        var (normalized, qkv) = (Normalized(state, tensors.AttentionNorm), new float[rows * 3 * d]);
        Multiply(new(normalized, rows, d), tensors.QueryKeyValue, new(qkv, rows, 3 * d), adds: false);
        Attend(number, qkv, normalized, length);
        Multiply(new(normalized, rows, d), tensors.AttentionOut, new(state, rows, d), adds: true);

        var (gates, gated) = (new float[rows * 2 * h], new float[rows * h]);
        Multiply(new(Normalized(state, tensors.GatedNorm), rows, d), tensors.GateUp, new(gates, rows, 2 * h), adds: false);
        for (var row = 0; row < rows; row++)
        {
            RowKernels.Gate(gates.AsSpan(row * 2 * h, 2 * h), gated.AsSpan(row * h, h));
        }

        Multiply(new(gated, rows, h), tensors.Down, new(state, rows, d), adds: true);
    }

    private float[] Normalized(float[] state, TransformerTensor gain)
    {
        var (d, result) = (_options.Dimension, new float[state.Length]);
        for (var row = 0; row < state.Length / d; row++)
        {
            RowKernels.Normalize(state.AsSpan(row * d, d), gain.Of(_model.Values), result.AsSpan(row * d, d));
        }

        return result;
    }

    /// <summary>Keeps the new keys and values, then lets each token look back.</summary>
    private void Attend(int layer, float[] qkv, float[] result, int length)
    {
        var (d, window, before) = (_options.Dimension, _options.Window, Length);
        RowKernels.ForPieces(Texts * length, _degree, (from, to) =>
        {
            for (var row = from; row < to; row++)
            {
                var place = before + (row % length);
                var own = qkv.AsSpan(row * 3 * d, 3 * d);
                var at = ((row / length * window) + place) * d;
                _positions.Turn(own[..d], place, 1);
                _positions.Turn(own[d..(2 * d)], place, 1);
                own[d..(2 * d)].CopyTo(_keys[layer].AsSpan(at));
                own[(2 * d)..].CopyTo(_values[layer].AsSpan(at));
            }
        });
        RowKernels.ForPieces(Texts * length, _degree, (from, to) =>
        {
            var weights = new float[window];
            for (var row = from; row < to; row++)
            {
                var (first, seen) = (row / length * window * d, before + (row % length) + 1);
                LookBack(layer, first, qkv.AsSpan(row * 3 * d, d), weights.AsSpan(0, seen), result.AsSpan(row * d, d));
            }
        });
    }

    /// <summary>What one token takes from those up to itself.</summary>
    private void LookBack(int layer, int first, ReadOnlySpan<float> query, Span<float> weights, Span<float> result)
    {
        var (d, head) = (_options.Dimension, _options.Dimension / _options.Heads);
        var scale = 1 / MathF.Sqrt(head);
        result.Clear();
        for (var start = 0; start < d; start += head)
        {
            for (var place = 0; place < weights.Length; place++)
            {
                var key = _keys[layer].AsSpan(first + (place * d) + start, head);
                weights[place] = scale * RowKernels.Dot(query.Slice(start, head), key);
            }

            RowKernels.Softmax(weights);
            for (var place = 0; place < weights.Length; place++)
            {
                var value = _values[layer].AsSpan(first + (place * d) + start, head);
                RowKernels.Add(value, weights[place], result.Slice(start, head));
            }
        }
    }

    private ReadOnlySpan<float> Logits(float[] state, int length, bool lastOnly)
    {
        var d = _options.Dimension;
        if (lastOnly)
        {
            var last = new float[Texts * d];
            for (var text = 0; text < Texts; text++)
            {
                state.AsSpan(((text * length) + length - 1) * d, d).CopyTo(last.AsSpan(text * d));
            }

            state = last;
        }

        _rows = state.Length / d;
        _logits = _logits.Length >= _rows * _options.Vocabulary ? _logits : new float[_rows * _options.Vocabulary];
        var output = _model.Layout.Embedding.In(_model.Values).RowsFrom(0, _options.Vocabulary).Transposed;
        var normalized = new MatrixView(Normalized(state, _model.Layout.FinalNorm), _rows, d);
        MatrixProduct.Of(normalized, output, new(_logits, _rows, _options.Vocabulary), degree: _degree);
        return Last;
    }

    private void Multiply(MatrixView left, TransformerTensor right, MatrixView result, bool adds) =>
        MatrixProduct.Of(left, right.In(_model.Values), result, adds, _degree);
}
