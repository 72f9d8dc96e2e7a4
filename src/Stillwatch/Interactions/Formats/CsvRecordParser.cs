using Stillwatch.Interactions.Reading;

namespace Stillwatch.Interactions.Formats;

/// <summary>Reads rows of a table.</summary>
internal sealed class CsvRecordParser(RecordContext context) : IRecordParser<IInteractionSink>
{
    private readonly TextFieldReader _fields = new(context);
    private CsvLayout? _layout;

    /// <summary>Begins the rows of a table.</summary>
    public void Begin(CsvLayout layout) => _layout = layout;

    /// <inheritdoc/>
    public void Parse(ReadOnlySpan<byte> record, RecordPosition position, IInteractionSink sink)
    {
        context.Begin(position, record.Length);
        var layout = _layout!;
        var rest = record;
        var column = 0;
        for (var last = false; !last; column++)
        {
            if (!CsvText.TryTakeField(ref rest, layout.Delimiter, out var field, out var quoted, out last))
            {
                context.Reject(InputFaultReason.MalformedQuoting, $"field {column + 1}");
                return;
            }

            if (column < layout.Fields.Length && layout.Fields[column] is var known and not LogField.None)
            {
                _fields.Read(Value(field, quoted), known);
            }
        }

        if (column != layout.Fields.Length)
        {
            context.Reject(InputFaultReason.FieldCount, $"{column}, the header has {layout.Fields.Length}");
        }
        else if (context.BuildInteraction(record) is { } interaction)
        {
            sink.Accept(interaction, position);
        }
    }

    /// <summary>A field's plain form; databases export NULL as \N.</summary>
    private ReadOnlySpan<byte> Value(ReadOnlySpan<byte> field, bool quoted)
    {
        if (quoted)
        {
            return field.Contains((byte)'"') ? context.Texts.Unquote(field) : field;
        }

        return field.SequenceEqual("\\N"u8) ? default : field;
    }
}
