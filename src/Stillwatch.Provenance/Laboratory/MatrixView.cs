namespace Stillwatch.Provenance.Laboratory;

/// <summary>A matrix that lies in an array, by strides, so that a transpose or a head's columns cost nothing.</summary>
/// <param name="Values">Where it lies.</param>
/// <param name="Offset">Of its first value.</param>
/// <param name="Rows">Rows.</param>
/// <param name="Columns">Columns.</param>
/// <param name="RowStride">From a value to the one below.</param>
/// <param name="ColumnStride">From a value to the one to its right.</param>
internal readonly record struct MatrixView(float[] Values, int Offset, int Rows, int Columns, int RowStride, int ColumnStride = 1)
{
    /// <summary>A matrix without gaps.</summary>
    public MatrixView(float[] values, int rows, int columns)
        : this(values, 0, rows, columns, columns)
    {
    }

    /// <summary>Rows and columns exchanged.</summary>
    public MatrixView Transposed => new(Values, Offset, Columns, Rows, ColumnStride, RowStride);

    /// <summary>Some of the rows.</summary>
    public MatrixView RowsFrom(int first, int count) => this with { Offset = Offset + (first * RowStride), Rows = count };
}
