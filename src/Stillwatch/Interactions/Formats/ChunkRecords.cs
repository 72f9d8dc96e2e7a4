using System.Text.Unicode;
using Stillwatch.Interactions.Reading;

namespace Stillwatch.Interactions.Formats;

/// <summary>
/// The records of a chunk: lines, or rows of a table. Empty ones are passed over, those that are too long or no UTF-8 rejected.
/// </summary>
internal readonly struct ChunkRecords(RecordChunk chunk, RecordContext context)
{
    /// <summary>Parses every record.</summary>
    public void Parse<TSink>(IRecordParser<TSink> parser, TSink sink)
    {
        context.BeginInput(chunk.File);
        var rest = chunk.Bytes.Span;
        var utf8 = Utf8.IsValid(rest);
        for (var line = 0; !rest.IsEmpty;)
        {
            var length = RecordLength(rest);
            var record = rest[..length];
            var text = record.TrimEnd((byte)'\n').TrimEnd((byte)'\r');
            if (!text.TrimStart(" \t"u8).IsEmpty && IsAcceptable(text, chunk.PositionOf(line), utf8))
            {
                parser.Parse(text, chunk.PositionOf(line), sink);
            }

            line += chunk.Layout is null ? 1 : record.Count((byte)'\n');
            rest = rest[length..];
        }
    }

    private int RecordLength(ReadOnlySpan<byte> rest)
    {
        var length = chunk.Layout is { } layout ? CsvText.RecordLength(rest, layout.Delimiter) : rest.IndexOf((byte)'\n') + 1;
        return length > 0 ? length : rest.Length;
    }

    private bool IsAcceptable(ReadOnlySpan<byte> record, RecordPosition position, bool utf8)
    {
        if (record.Length > context.Options.MaxLineBytes)
        {
            context.RejectAt(position, InputFaultReason.LineTooLong, $"over {context.Options.MaxLineBytes} bytes");
            return false;
        }

        if (!utf8 && !Utf8.IsValid(record))
        {
            context.RejectAt(position, InputFaultReason.InvalidUtf8, null);
            return false;
        }

        return true;
    }
}
