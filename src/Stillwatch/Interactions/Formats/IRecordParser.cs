using Stillwatch.Interactions.Reading;

namespace Stillwatch.Interactions.Formats;

/// <summary>Reads the interactions of one record of a format.</summary>
internal interface IRecordParser
{
    /// <summary>Hands the record's interactions to the sink, or rejects it. The record is valid UTF-8 and within the limit of length.</summary>
    /// <param name="record">Its bytes without the end of line.</param>
    /// <param name="position">Where it stands.</param>
    /// <param name="sink">Takes what is read.</param>
    void Parse(ReadOnlySpan<byte> record, RecordPosition position, IInteractionSink sink);
}
