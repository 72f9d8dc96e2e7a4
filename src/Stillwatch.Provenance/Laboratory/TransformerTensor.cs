namespace Stillwatch.Provenance.Laboratory;

/// <summary>Where one tensor of a transformer lies among all its parameters.</summary>
/// <param name="Name">As in a file.</param>
/// <param name="Offset">Of its first value.</param>
/// <param name="Rows">Rows; 1 for a vector.</param>
/// <param name="Columns">Columns.</param>
internal sealed record TransformerTensor(string Name, int Offset, int Rows, int Columns)
{
    /// <summary>Values.</summary>
    public int Length => Rows * Columns;

    /// <summary>The tensor among some parameters, or among their gradients.</summary>
    public MatrixView In(float[] values) => new(values, Offset, Rows, Columns, Columns);

    /// <summary>The same as one row of values.</summary>
    public Span<float> Of(float[] values) => values.AsSpan(Offset, Length);
}
