namespace Stillwatch.Interactions.Reading;

/// <summary>One record a line.</summary>
internal sealed class LineBoundary : IRecordBoundary
{
    /// <inheritdoc/>
    public int WholeRecords(ReadOnlySpan<byte> bytes) => bytes.LastIndexOf((byte)'\n') + 1;
}
