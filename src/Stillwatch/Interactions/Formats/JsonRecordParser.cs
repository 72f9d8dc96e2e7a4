using System.Text.Json;
using Stillwatch.Interactions.Reading;

namespace Stillwatch.Interactions.Formats;

/// <summary>What all formats of one JSON object a record have in common: well-formedness, depth, nothing after the value.</summary>
/// <typeparam name="TSink">Takes what is read.</typeparam>
internal abstract class JsonRecordParser<TSink>(RecordContext context) : IRecordParser<TSink>
{
    private readonly JsonReaderOptions _limits = new() { MaxDepth = context.Options.MaxDepth };

    /// <summary>What the readers of the record share.</summary>
    protected RecordContext Context => context;

    /// <inheritdoc/>
    public void Parse(ReadOnlySpan<byte> record, RecordPosition position, TSink sink)
    {
        context.Begin(position, record.Length);
        var reader = new Utf8JsonReader(record, _limits);
        try
        {
            reader.Read();
            if (reader.TokenType is JsonTokenType.StartObject)
            {
                ReadRecord(ref reader, record, sink);
            }
            else
            {
                reader.Skip();
                ExpectEnd(ref reader);
                context.Reject(InputFaultReason.NotAnObject);
            }
        }
        catch (JsonException e)
        {
            Reject(ref reader, e, record);
        }
    }

    /// <summary>Reads the object the reader stands on, and hands out what it holds.</summary>
    protected abstract void ReadRecord(ref Utf8JsonReader reader, ReadOnlySpan<byte> record, TSink sink);

    /// <summary>Reads past the last value.</summary>
    /// <exception cref="JsonException">More follows.</exception>
    protected static void ExpectEnd(ref Utf8JsonReader reader) => reader.Read();

    private void Reject(ref Utf8JsonReader reader, JsonException e, ReadOnlySpan<byte> record)
    {
        var at = (int)Math.Clamp(reader.BytesConsumed, 0, record.Length);
        var open = reader.CurrentDepth + (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray ? 1 : 0);
        if (open >= context.Options.MaxDepth && record[at..].TrimStart(" \t\r\n,:"u8) is [(byte)'{' or (byte)'[', ..])
        {
            context.Reject(InputFaultReason.NestedTooDeep, $"deeper than {context.Options.MaxDepth}");
        }
        else
        {
            context.Reject(InputFaultReason.InvalidJson, $"at byte {(e.BytePositionInLine ?? at) + 1} of the record");
        }
    }
}
