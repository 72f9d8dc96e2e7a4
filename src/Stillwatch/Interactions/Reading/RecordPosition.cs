namespace Stillwatch.Interactions.Reading;

/// <summary>Where a record stands. Orders records as they are read, whatever thread parsed them.</summary>
/// <param name="File">The input's ordinal.</param>
/// <param name="Line">Line of the uncompressed text where the record begins, from 1; 0 names the file as a whole.</param>
/// <param name="Part">Ordinal among the records that begin on that line, from 0.</param>
public readonly record struct RecordPosition(int File, long Line, int Part) : IComparable<RecordPosition>
{
    /// <inheritdoc/>
    public int CompareTo(RecordPosition other) => (File, Line, Part).CompareTo((other.File, other.Line, other.Part));

    /// <summary>Whether <paramref name="left"/> stands before <paramref name="right"/>.</summary>
    public static bool operator <(RecordPosition left, RecordPosition right) => left.CompareTo(right) < 0;

    /// <summary>Whether <paramref name="left"/> stands after <paramref name="right"/>.</summary>
    public static bool operator >(RecordPosition left, RecordPosition right) => left.CompareTo(right) > 0;

    /// <summary>Whether <paramref name="left"/> does not stand after <paramref name="right"/>.</summary>
    public static bool operator <=(RecordPosition left, RecordPosition right) => left.CompareTo(right) <= 0;

    /// <summary>Whether <paramref name="left"/> does not stand before <paramref name="right"/>.</summary>
    public static bool operator >=(RecordPosition left, RecordPosition right) => left.CompareTo(right) >= 0;
}
