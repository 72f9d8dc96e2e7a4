using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Stillwatch.Provenance.Laboratory;

/// <summary>Products of matrices in single precision. Stateless; safe from any thread.</summary>
/// <remarks>
/// Panels of both factors are copied into the order in which they are read, and tiles of 6 by 32 are summed in registers (Goto and van de
/// Geijn, "Anatomy of high-performance matrix multiplication", ACM TOMS 2008). Each value is a sum in one order, by fused multiplications
/// and additions, whatever the number of threads, the machine or the place in the matrix: so equal seeds give equal models.
/// </remarks>
internal static class MatrixProduct
{
    private const int TileRows = 6;
    private const int Lanes = 16;
    private const int TileColumns = 2 * Lanes;

    /// <summary>Terms of the sums that are taken at once: a panel of the left factor stays in the first cache.</summary>
    private const int Depth = 256;

    /// <summary>Rows of the left factor that are packed at once: they stay in the second cache.</summary>
    private const int PanelRows = 96;

    /// <summary>Multiplications below which a second thread costs more than it saves.</summary>
    private const long Small = 1 << 18;

    [ThreadStatic]
    private static float[]? _left;

    [ThreadStatic]
    private static float[]? _right;

    /// <summary>Computes the product, or adds it.</summary>
    /// <param name="left">m by k.</param>
    /// <param name="right">k by n.</param>
    /// <param name="result">m by n, columns side by side; may not overlap the factors.</param>
    /// <param name="adds">Whether to add to what is there.</param>
    /// <param name="degree">Threads at most.</param>
    public static void Of(MatrixView left, MatrixView right, MatrixView result, bool adds = false, int degree = 1)
    {
        var tiles = (result.Rows + TileRows - 1) / TileRows;
        var parts = (long)left.Rows * left.Columns * right.Columns < Small ? 1 : Math.Min(degree, tiles);
        if (parts <= 1)
        {
            Serial(left, right, result, adds);
            return;
        }

        Parallel.For(0, parts, new ParallelOptions { MaxDegreeOfParallelism = degree }, part =>
        {
            var first = tiles * part / parts * TileRows;
            var count = Math.Min(tiles * (part + 1) / parts * TileRows, result.Rows) - first;
            Serial(left.RowsFrom(first, count), right, result.RowsFrom(first, count), adds);
        });
    }

    private static void Serial(MatrixView left, MatrixView right, MatrixView result, bool adds)
    {
        var bands = (right.Columns + TileColumns - 1) / TileColumns;
        var packedRight = Buffer(ref _right, bands * TileColumns * Math.Min(Depth, right.Rows));
        var packedLeft = Buffer(ref _left, PanelRows * Depth);
        for (var from = 0; from < left.Columns; from += Depth)
        {
            var depth = Math.Min(Depth, left.Columns - from);
            PackRight(right.RowsFrom(from, depth), packedRight);
            for (var top = 0; top < left.Rows; top += PanelRows)
            {
                var rows = Math.Min(PanelRows, left.Rows - top);
                var part = left.RowsFrom(top, rows) with { Columns = depth };
                PackLeft(part with { Offset = part.Offset + (from * left.ColumnStride) }, packedLeft);
                Panel(packedLeft, packedRight, depth, result.RowsFrom(top, rows), adds || from > 0);
            }
        }
    }

    private static float[] Buffer(ref float[]? buffer, int length) =>
        buffer is { } kept && kept.Length >= length ? kept : buffer = new float[length];

    /// <summary>Bands of 32 columns, one below the other; what is missing is zero.</summary>
    private static void PackRight(MatrixView right, float[] packed)
    {
        var at = 0;
        for (var first = 0; first < right.Columns; first += TileColumns)
        {
            var width = Math.Min(TileColumns, right.Columns - first);
            for (var row = 0; row < right.Rows; row++, at += TileColumns)
            {
                var to = packed.AsSpan(at, TileColumns);
                var from = right.Offset + (row * right.RowStride) + (first * right.ColumnStride);
                if (right.ColumnStride == 1)
                {
                    right.Values.AsSpan(from, width).CopyTo(to);
                }
                else
                {
                    for (var column = 0; column < width; column++)
                    {
                        to[column] = right.Values[from + (column * right.ColumnStride)];
                    }
                }

                to[width..].Clear();
            }
        }
    }

    /// <summary>Strips of 6 rows, each column by column; what is missing is zero.</summary>
    private static void PackLeft(MatrixView left, float[] packed)
    {
        var at = 0;
        for (var first = 0; first < left.Rows; first += TileRows)
        {
            var height = Math.Min(TileRows, left.Rows - first);
            for (var row = 0; row < TileRows; row++)
            {
                var from = left.Offset + ((first + row) * left.RowStride);
                for (var column = 0; column < left.Columns; column++)
                {
                    packed[at + (column * TileRows) + row] = row < height ? left.Values[from + (column * left.ColumnStride)] : 0;
                }
            }

            at += TileRows * left.Columns;
        }
    }

    private static void Panel(float[] left, float[] right, int depth, MatrixView result, bool adds)
    {
        Span<float> edge = stackalloc float[TileRows * TileColumns];
        for (var column = 0; column < result.Columns; column += TileColumns)
        {
            ref var band = ref right[column * depth];
            var width = Math.Min(TileColumns, result.Columns - column);
            for (var row = 0; row < result.Rows; row += TileRows)
            {
                var height = Math.Min(TileRows, result.Rows - row);
                ref var strip = ref left[row * depth];
                var start = result.Offset + (row * result.RowStride) + column;
                if (width == TileColumns && height == TileRows)
                {
                    Tile(ref strip, ref band, depth, ref result.Values[start], result.RowStride, adds);
                    continue;
                }

                for (var i = 0; i < height && adds; i++)
                {
                    result.Values.AsSpan(start + (i * result.RowStride), width).CopyTo(edge[(i * TileColumns)..]);
                }

                Tile(ref strip, ref band, depth, ref MemoryMarshal.GetReference(edge), TileColumns, adds);
                for (var i = 0; i < height; i++)
                {
                    edge.Slice(i * TileColumns, width).CopyTo(result.Values.AsSpan(start + (i * result.RowStride)));
                }
            }
        }
    }

    /// <summary>One tile: twelve registers hold its sums.</summary>
    private static void Tile(ref float left, ref float right, int depth, ref float result, int stride, bool adds)
    {
        var (a0, b0) = Start(ref result, 0, adds);
        var (a1, b1) = Start(ref result, stride, adds);
        var (a2, b2) = Start(ref result, 2 * stride, adds);
        var (a3, b3) = Start(ref result, 3 * stride, adds);
        var (a4, b4) = Start(ref result, 4 * stride, adds);
        var (a5, b5) = Start(ref result, 5 * stride, adds);
        for (var k = 0; k < depth; k++)
        {
            var (low, high) = (Vector512.LoadUnsafe(ref right), Vector512.LoadUnsafe(ref right, Lanes));
            Step(Vector512.Create(left), low, high, ref a0, ref b0);
            Step(Vector512.Create(Unsafe.Add(ref left, 1)), low, high, ref a1, ref b1);
            Step(Vector512.Create(Unsafe.Add(ref left, 2)), low, high, ref a2, ref b2);
            Step(Vector512.Create(Unsafe.Add(ref left, 3)), low, high, ref a3, ref b3);
            Step(Vector512.Create(Unsafe.Add(ref left, 4)), low, high, ref a4, ref b4);
            Step(Vector512.Create(Unsafe.Add(ref left, 5)), low, high, ref a5, ref b5);
            left = ref Unsafe.Add(ref left, TileRows);
            right = ref Unsafe.Add(ref right, TileColumns);
        }

        Store(a0, b0, ref result, 0);
        Store(a1, b1, ref result, stride);
        Store(a2, b2, ref result, 2 * stride);
        Store(a3, b3, ref result, 3 * stride);
        Store(a4, b4, ref result, 4 * stride);
        Store(a5, b5, ref result, 5 * stride);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector512<float> Low, Vector512<float> High) Start(ref float result, int at, bool adds) => adds
        ? (Vector512.LoadUnsafe(ref result, (nuint)at), Vector512.LoadUnsafe(ref result, (nuint)(at + Lanes)))
        : (Vector512<float>.Zero, Vector512<float>.Zero);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Step(
        Vector512<float> left, Vector512<float> low, Vector512<float> high, ref Vector512<float> a, ref Vector512<float> b)
    {
        a = Vector512.FusedMultiplyAdd(left, low, a);
        b = Vector512.FusedMultiplyAdd(left, high, b);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector512<float> low, Vector512<float> high, ref float result, int at)
    {
        low.StoreUnsafe(ref result, (nuint)at);
        high.StoreUnsafe(ref result, (nuint)(at + Lanes));
    }
}
