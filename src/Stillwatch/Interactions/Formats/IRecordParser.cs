using Stillwatch.Interactions.Reading;

namespace Stillwatch.Interactions.Formats;

/// <summary>Reads one record of a format.</summary>
/// <typeparam name="TSink">Takes what is read.</typeparam>
internal interface IRecordParser<in TSink>
{
    /// <summary>Hands what the record holds to the sink, or rejects it. The record is valid UTF-8 and within the limit of length.</summary>
    /// <param name="record">Its bytes without the end of line.</param>
    /// <param name="position">Where it stands.</param>
    /// <param name="sink">Takes what is read.</param>
    void Parse(ReadOnlySpan<byte> record, RecordPosition position, TSink sink);
}
