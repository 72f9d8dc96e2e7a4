namespace Stillwatch.Benchmarks.Detection.Windows.Features;

/// <summary>A symmetric matrix of numbers between queries, kept whole so that a row is one piece of memory.</summary>
internal sealed class SquareMatrix
{
    private readonly float[] _cells;

    private SquareMatrix(int size) => (Size, _cells) = (size, new float[(long)size * size]);

    public int Size { get; }

    public float this[int row, int column] => _cells[(long)row * Size + column];

    public static SquareMatrix Of(int size, Func<int, int, float> cell)
    {
        var matrix = new SquareMatrix(size);
        Parallel.For(0, size, row =>
        {
            for (var column = 0; column <= row; column++)
            {
                matrix._cells[(long)row * size + column] = cell(row, column);
            }
        });
        matrix.Mirror();
        return matrix;
    }

    /// <summary>From rows of zeros up to the diagonal, which a function fills.</summary>
    public static SquareMatrix OfRows(int size, Action<int, Span<float>> fill)
    {
        var matrix = new SquareMatrix(size);
        Parallel.For(0, size, row => fill(row, matrix._cells.AsSpan(row * size, row + 1)));
        matrix.Mirror();
        return matrix;
    }

    public ReadOnlySpan<float> Row(int row) => _cells.AsSpan(row * Size, Size);

    /// <summary>Sum over all ordered pairs of different members.</summary>
    public double SumOfPairs(ReadOnlySpan<int> members)
    {
        var sum = 0.0;
        for (var i = 1; i < members.Length; i++)
        {
            var row = Row(members[i]);
            var (even, odd) = (0f, 0f);
            var j = 0;
            for (; j + 1 < i; j += 2)
            {
                even += row[members[j]];
                odd += row[members[j + 1]];
            }

            sum += even + odd + (j < i ? row[members[j]] : 0);
        }

        return 2 * sum;
    }

    private void Mirror()
    {
        for (var row = 0; row < Size; row++)
        {
            for (var column = 0; column < row; column++)
            {
                _cells[(long)column * Size + row] = _cells[(long)row * Size + column];
            }
        }
    }
}
