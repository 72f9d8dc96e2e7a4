namespace Stillwatch.Provenance.Laboratory;

/// <summary>One step of training: the loss of a batch of windows, and the gradient of every parameter. Not thread-safe.</summary>
/// <remarks>
/// Memory, in numbers of four bytes a token: the layers times (9 dimensions + 5 hidden widths + heads times window), and once a row of the
/// vocabulary for <see cref="LogitRows"/> tokens.
/// </remarks>
internal sealed class TransformerPass
{
    /// <summary>Tokens whose logits are there at once.</summary>
    private const int LogitRows = 256;

    private readonly TransformerOptions _options;
    private readonly TransformerLayout _layout;
    private readonly TransformerAttention _attention;
    private readonly int _degree;
    private readonly int _windows;
    private readonly int _rows;
    private readonly LayerState[] _layers;
    private readonly float[] _last;
    private readonly float[] _lastInverse;
    private readonly float[] _normalized;
    private readonly float[] _dstate;
    private readonly float[] _dnormalized;
    private readonly float[] _dwide;
    private readonly float[] _dhidden;
    private readonly float[] _logits;

    /// <param name="options">The shape.</param>
    /// <param name="windows">Windows of a batch.</param>
    /// <param name="degree">Threads at most.</param>
    public TransformerPass(TransformerOptions options, int windows, int degree)
    {
        (_options, _layout, _degree, _windows) = (options, new(options), degree, windows);
        var d = options.Dimension;
        _rows = windows * options.Window;
        _attention = new(options, new(options.Window, d / options.Heads), degree);
        _layers = [.. Enumerable.Range(0, options.Layers).Select(_ => new LayerState(options, windows))];
        (_last, _lastInverse, _normalized) = (new float[_rows * d], new float[_rows], new float[_rows * d]);
        (_dstate, _dnormalized) = (new float[_rows * d], new float[_rows * d]);
        _dwide = new float[_rows * 3 * d];
        _dhidden = new float[_rows * options.Hidden];
        _logits = new float[Math.Min(LogitRows, _rows) * options.Vocabulary];
    }

    /// <summary>The mean loss a token, in natural units, and its gradient.</summary>
    /// <param name="parameters">As the layout has them.</param>
    /// <param name="gradients">To be filled.</param>
    /// <param name="inputs">A window of ids in a row, the beginning's first; <see cref="TransformerOptions.Window"/> each.</param>
    /// <param name="targets">What comes next; -1 for nothing.</param>
    public double Step(float[] parameters, float[] gradients, int[] inputs, int[] targets)
    {
        Array.Clear(gradients);
        Forward(parameters, inputs);
        var loss = Loss(parameters, gradients, targets);
        Backward(parameters, gradients, inputs);
        return loss;
    }

    /// <summary>The logits of every token of a batch: for tests.</summary>
    public float[] Logits(float[] parameters, int[] inputs)
    {
        Forward(parameters, inputs);
        var logits = new float[_rows * _options.Vocabulary];
        MatrixProduct.Of(
            Rows(_normalized, _options.Dimension), OutputLayer(parameters).Transposed, new(logits, _rows, _options.Vocabulary));
        return logits;
    }

    private void Forward(float[] parameters, int[] inputs)
    {
        var d = _options.Dimension;
        var state = _layers[0].Before;
        Embed(parameters, inputs, state);
        for (var i = 0; i < _layers.Length; i++)
        {
            var (layer, tensors) = (_layers[i], _layout.Layers[i]);
            Normalize(layer.Before, tensors.AttentionNorm.Of(parameters).ToArray(), layer.BeforeInverse, layer.BeforeNormalized);
            Multiply(Rows(layer.BeforeNormalized, d), tensors.QueryKeyValue.In(parameters), Rows(layer.QueryKeyValue, 3 * d));
            _attention.Forward(layer.QueryKeyValue, layer.Weights, layer.Attended, _windows, _options.Window);
            layer.Before.CopyTo(layer.Between, 0);
            Multiply(Rows(layer.Attended, d), tensors.AttentionOut.In(parameters), Rows(layer.Between, d), adds: true);

            Normalize(layer.Between, tensors.GatedNorm.Of(parameters).ToArray(), layer.BetweenInverse, layer.BetweenNormalized);
            Multiply(Rows(layer.BetweenNormalized, d), tensors.GateUp.In(parameters), Rows(layer.GateUp, 2 * _options.Hidden));
            Gate(layer);
            var next = i + 1 < _layers.Length ? _layers[i + 1].Before : _last;
            layer.Between.CopyTo(next, 0);
            Multiply(Rows(layer.Gated, _options.Hidden), tensors.Down.In(parameters), Rows(next, d), adds: true);
        }

        Normalize(_last, _layout.FinalNorm.Of(parameters).ToArray(), _lastInverse, _normalized);
    }

    private void Backward(float[] parameters, float[] gradients, int[] inputs)
    {
        var (d, h) = (_options.Dimension, _options.Hidden);
        Array.Clear(_dstate);
        NormalizeBackward(_last, _layout.FinalNorm, parameters, gradients, _lastInverse);
        for (var i = _layers.Length - 1; i >= 0; i--)
        {
            var (layer, tensors) = (_layers[i], _layout.Layers[i]);
            MultiplyBackward(Rows(layer.Gated, h), tensors.Down, parameters, gradients, Rows(_dstate, d), Rows(_dhidden, h));
            GateBackward(layer);
            MultiplyBackward(
                Rows(layer.BetweenNormalized, d), tensors.GateUp, parameters, gradients, Rows(layer.GateUp, 2 * h), Rows(_dnormalized, d));
            NormalizeBackward(layer.Between, tensors.GatedNorm, parameters, gradients, layer.BetweenInverse);

            MultiplyBackward(
                Rows(layer.Attended, d), tensors.AttentionOut, parameters, gradients, Rows(_dstate, d), Rows(_dnormalized, d));
            _attention.Backward(layer.QueryKeyValue, layer.Weights, _dnormalized, _dwide, _windows, _options.Window);
            MultiplyBackward(
                Rows(layer.BeforeNormalized, d), tensors.QueryKeyValue, parameters, gradients, Rows(_dwide, 3 * d), Rows(_dnormalized, d));
            NormalizeBackward(layer.Before, tensors.AttentionNorm, parameters, gradients, layer.BeforeInverse);
        }

        var scale = TransformerModel.EmbeddingScale(_options);
        var embedding = _layout.Embedding.Of(gradients);
        for (var row = 0; row < _rows; row++)
        {
            RowKernels.Add(_dstate.AsSpan(row * d, d), scale, embedding.Slice(inputs[row] * d, d));
        }
    }

    private void Embed(float[] parameters, int[] inputs, float[] state)
    {
        var (d, scale) = (_options.Dimension, TransformerModel.EmbeddingScale(_options));
        var embedding = _layout.Embedding.Of(parameters);
        for (var row = 0; row < _rows; row++)
        {
            var to = state.AsSpan(row * d, d);
            embedding.Slice(inputs[row] * d, d).CopyTo(to);
            RowKernels.Scale(to, scale);
        }
    }

    /// <summary>The loss; its gradient goes to the output layer and to the normalized states.</summary>
    private double Loss(float[] parameters, float[] gradients, int[] targets)
    {
        var (d, vocabulary) = (_options.Dimension, _options.Vocabulary);
        var counted = targets.Count(static target => target >= 0);
        var (losses, output) = (new float[_rows], OutputLayer(parameters));
        for (var from = 0; from < _rows; from += LogitRows)
        {
            var count = Math.Min(LogitRows, _rows - from);
            var (states, logits) = (Rows(_normalized, d).RowsFrom(from, count), new MatrixView(_logits, count, vocabulary));
            Multiply(states, output.Transposed, logits);
            RowKernels.ForPieces(count, _degree, (first, last) =>
            {
                for (var row = first; row < last; row++)
                {
                    losses[from + row] = Loss(_logits.AsSpan(row * vocabulary, vocabulary), targets[from + row], counted);
                }
            });
            Multiply(logits, output, Rows(_dnormalized, d).RowsFrom(from, count));
            Multiply(logits.Transposed, states, OutputLayer(gradients), adds: true);
        }

        return losses.Sum(static loss => (double)loss) / counted;
    }

    /// <summary>One token's loss; its logits become their gradient.</summary>
    private static float Loss(Span<float> logits, int target, int counted)
    {
        if (target < 0)
        {
            logits.Clear();
            return 0;
        }

        var own = logits[target];
        var all = RowKernels.Softmax(logits);
        logits[target] -= 1;
        RowKernels.Scale(logits, 1f / counted);
        return all - own;
    }

    private void Normalize(float[] x, float[] gain, float[] inverses, float[] y)
    {
        var d = _options.Dimension;
        RowKernels.ForPieces(_rows, _degree, (from, to) =>
        {
            for (var row = from; row < to; row++)
            {
                inverses[row] = RowKernels.Normalize(x.AsSpan(row * d, d), gain, y.AsSpan(row * d, d));
            }
        });
    }

    private void NormalizeBackward(float[] x, TransformerTensor gain, float[] parameters, float[] gradients, float[] inverses)
    {
        var d = _options.Dimension;
        var gains = gain.Of(parameters).ToArray();
        var dgains = gain.Of(gradients);
        RowKernels.ForPieces(_rows, _degree, (from, to) =>
        {
            for (var row = from; row < to; row++)
            {
                RowKernels.NormalizeBackward(
                    x.AsSpan(row * d, d), gains, inverses[row], _dnormalized.AsSpan(row * d, d), _dstate.AsSpan(row * d, d));
            }
        });
        for (var row = 0; row < _rows; row++)
        {
            RowKernels.GainBackward(x.AsSpan(row * d, d), inverses[row], _dnormalized.AsSpan(row * d, d), dgains);
        }
    }

    private void Gate(LayerState layer)
    {
        var h = _options.Hidden;
        RowKernels.ForPieces(_rows, _degree, (from, to) =>
        {
            for (var row = from; row < to; row++)
            {
                RowKernels.Gate(layer.GateUp.AsSpan(row * 2 * h, 2 * h), layer.Gated.AsSpan(row * h, h));
            }
        });
    }

    private void GateBackward(LayerState layer)
    {
        var h = _options.Hidden;
        RowKernels.ForPieces(_rows, _degree, (from, to) =>
        {
            for (var row = from; row < to; row++)
            {
                RowKernels.GateBackward(_dhidden.AsSpan(row * h, h), layer.GateUp.AsSpan(row * 2 * h, 2 * h));
            }
        });
    }

    private void Multiply(MatrixView left, MatrixView right, MatrixView result, bool adds = false) =>
        MatrixProduct.Of(left, right, result, adds, _degree);

    private void MultiplyBackward(
        MatrixView input, TransformerTensor matrix, float[] parameters, float[] gradients, MatrixView doutput, MatrixView dinput)
    {
        Multiply(input.Transposed, doutput, matrix.In(gradients), adds: true);
        Multiply(doutput, matrix.In(parameters).Transposed, dinput);
    }

    private MatrixView Rows(float[] values, int columns) => new(values, _rows, columns);

    /// <summary>The embeddings of tokens, without that of the beginning.</summary>
    private MatrixView OutputLayer(float[] values) => _layout.Embedding.In(values).RowsFrom(0, _options.Vocabulary);

    /// <summary>What the backward pass needs of one layer.</summary>
    private sealed class LayerState(TransformerOptions options, int windows)
    {
        public float[] Before { get; } = new float[windows * options.Window * options.Dimension];

        public float[] BeforeInverse { get; } = new float[windows * options.Window];

        public float[] BeforeNormalized { get; } = new float[windows * options.Window * options.Dimension];

        public float[] QueryKeyValue { get; } = new float[windows * options.Window * 3 * options.Dimension];

        public float[] Weights { get; } = new float[windows * options.Heads * options.Window * options.Window];

        public float[] Attended { get; } = new float[windows * options.Window * options.Dimension];

        public float[] Between { get; } = new float[windows * options.Window * options.Dimension];

        public float[] BetweenInverse { get; } = new float[windows * options.Window];

        public float[] BetweenNormalized { get; } = new float[windows * options.Window * options.Dimension];

        public float[] GateUp { get; } = new float[windows * options.Window * 2 * options.Hidden];

        public float[] Gated { get; } = new float[windows * options.Window * options.Hidden];
    }
}
