using System.Text.Json;
using Stillwatch.Interactions.Reading;

namespace Stillwatch.Interactions.Formats;

/// <summary>
/// Reads rows of an engine's export: one object a row, its members the columns, nested objects as in the product's own format.
/// </summary>
internal sealed class RowsRecordParser : JsonRecordParser<IInteractionSink>
{
    private readonly JsonFieldReader _fields;
    private readonly NativeObjectReader _objects;

    public RowsRecordParser(RecordContext context)
        : base(context)
    {
        _fields = new(context, lenient: true);
        _objects = new(context, _fields);
    }

    /// <inheritdoc/>
    protected override void ReadRecord(ref Utf8JsonReader reader, ReadOnlySpan<byte> record, IInteractionSink sink)
    {
        while (JsonValue.ReadName(ref reader))
        {
            ReadColumn(ref reader);
        }

        ExpectEnd(ref reader);
        if (Context.BuildInteraction(record) is { } interaction)
        {
            sink.Accept(interaction, Context.Position);
        }
    }

    /// <summary>An object is one of the schema's; a scalar or list is the column of its name.</summary>
    private void ReadColumn(ref Utf8JsonReader reader)
    {
        var name = Context.MemberName(ref reader);
        var group = NativeObjectReader.GroupOf(name);
        var field = Context.Options.Columns.Find(name);
        reader.Read();
        if (reader.TokenType is JsonTokenType.StartObject && group is not NativeObjectReader.Group.None)
        {
            _objects.EnterGroup(ref reader, group);
        }
        else
        {
            _fields.Read(ref reader, field);
        }
    }
}
