namespace Stillwatch.Provenance.Laboratory;

/// <summary>Causal attention over whole windows, forward and backward, for training. Not thread-safe; works on several threads.</summary>
internal sealed class TransformerAttention(TransformerOptions options, RotaryPositions positions, int degree)
{
    private readonly int _d = options.Dimension;
    private readonly int _head = options.Dimension / options.Heads;
    private readonly float _scale = 1 / MathF.Sqrt(options.Dimension / options.Heads);
    private readonly ParallelOptions _parallel = new() { MaxDegreeOfParallelism = degree };

    /// <summary>What tokens take from those before them.</summary>
    /// <param name="qkv">Queries, keys and values of a token side by side; the former two are turned in place.</param>
    /// <param name="weights">To be filled with the weights of attention, window by window and head by head.</param>
    /// <param name="result">One row a token.</param>
    /// <param name="windows">Windows.</param>
    /// <param name="length">Tokens of each.</param>
    public void Forward(float[] qkv, float[] weights, float[] result, int windows, int length)
    {
        Turn(qkv, windows, length, 1);
        Parallel.For(0, windows * options.Heads, _parallel, item =>
        {
            var all = WeightsOf(weights, item, length);
            var row = item / options.Heads * length;
            MatrixProduct.Of(Part(qkv, row, 0, item, length), Part(qkv, row, 1, item, length).Transposed, all);
            for (var i = 0; i < length; i++)
            {
                var seen = weights.AsSpan(all.Offset + (i * length), length);
                RowKernels.Scale(seen[..(i + 1)], _scale);
                RowKernels.Softmax(seen[..(i + 1)]);
                seen[(i + 1)..].Clear();
            }

            MatrixProduct.Of(all, Part(qkv, row, 2, item, length), ResultOf(result, row, item, length));
        });
    }

    /// <summary>The gradients of queries, keys and values, turned back.</summary>
    /// <param name="qkv">As the forward pass left it.</param>
    /// <param name="weights">As the forward pass filled it.</param>
    /// <param name="dresult">The gradient of the result.</param>
    /// <param name="dqkv">To be filled.</param>
    /// <param name="windows">Windows.</param>
    /// <param name="length">Tokens of each.</param>
    public void Backward(float[] qkv, float[] weights, float[] dresult, float[] dqkv, int windows, int length)
    {
        Parallel.For(0, windows * options.Heads, _parallel, item =>
        {
            var all = WeightsOf(weights, item, length);
            var row = item / options.Heads * length;
            var d = ResultOf(dresult, row, item, length);
            var dall = new MatrixView(new float[length * length], length, length);
            MatrixProduct.Of(d, Part(qkv, row, 2, item, length).Transposed, dall);
            MatrixProduct.Of(all.Transposed, d, Part(dqkv, row, 2, item, length));
            for (var i = 0; i < length; i++)
            {
                var p = weights.AsSpan(all.Offset + (i * length), i + 1);
                var dp = dall.Values.AsSpan(i * length, length);
                var along = RowKernels.Dot(p, dp[..(i + 1)]);
                for (var j = 0; j <= i; j++)
                {
                    dp[j] = p[j] * (dp[j] - along) * _scale;
                }

                dp[(i + 1)..].Clear();
            }

            MatrixProduct.Of(dall, Part(qkv, row, 1, item, length), Part(dqkv, row, 0, item, length));
            MatrixProduct.Of(dall.Transposed, Part(qkv, row, 0, item, length), Part(dqkv, row, 1, item, length));
        });
        Turn(dqkv, windows, length, -1);
    }

    private void Turn(float[] qkv, int windows, int length, int direction) =>
        RowKernels.ForPieces(windows * length, degree, (from, to) =>
        {
            for (var row = from; row < to; row++)
            {
                positions.Turn(qkv.AsSpan(row * 3 * _d, _d), row % length, direction);
                positions.Turn(qkv.AsSpan((row * 3 * _d) + _d, _d), row % length, direction);
            }
        });

    /// <summary>Queries (0), keys (1) or values (2) of one head in one window.</summary>
    private MatrixView Part(float[] qkv, int row, int kind, int item, int length) =>
        new(qkv, (row * 3 * _d) + (kind * _d) + (item % options.Heads * _head), length, _head, 3 * _d);

    private MatrixView ResultOf(float[] result, int row, int item, int length) =>
        new(result, (row * _d) + (item % options.Heads * _head), length, _head, _d);

    private static MatrixView WeightsOf(float[] weights, int item, int length) =>
        new(weights, item * length * length, length, length, length);
}
