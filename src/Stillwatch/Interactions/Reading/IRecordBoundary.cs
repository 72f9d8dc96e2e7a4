namespace Stillwatch.Interactions.Reading;

/// <summary>Finds where records end in raw bytes.</summary>
internal interface IRecordBoundary
{
    /// <summary>The length of the longest prefix of whole records; 0 if not one record ends here.</summary>
    /// <param name="bytes">Bytes that begin with a record.</param>
    int WholeRecords(ReadOnlySpan<byte> bytes);
}
