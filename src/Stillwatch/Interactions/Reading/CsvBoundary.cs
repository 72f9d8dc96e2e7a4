using Stillwatch.Interactions.Formats;

namespace Stillwatch.Interactions.Reading;

/// <summary>One record a row of a table: a line feed inside quotes ends none.</summary>
internal sealed class CsvBoundary(byte delimiter) : IRecordBoundary
{
    /// <inheritdoc/>
    public int WholeRecords(ReadOnlySpan<byte> bytes)
    {
        var whole = 0;
        for (var length = 0; length >= 0; length = CsvText.RecordLength(bytes[whole..], delimiter))
        {
            whole += length;
        }

        return whole;
    }
}
