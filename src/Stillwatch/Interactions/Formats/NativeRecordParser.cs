using System.Text.Json;
using Stillwatch.Interactions.Reading;

namespace Stillwatch.Interactions.Formats;

/// <summary>Reads the product's own format, interaction.schema.json.</summary>
internal sealed class NativeRecordParser : JsonRecordParser<IInteractionSink>
{
    private readonly NativeObjectReader _objects;

    public NativeRecordParser(RecordContext context)
        : base(context) => _objects = new(context, new(context, lenient: false));

    /// <inheritdoc/>
    protected override void ReadRecord(ref Utf8JsonReader reader, ReadOnlySpan<byte> record, IInteractionSink sink)
    {
        _objects.ReadRecord(ref reader);
        ExpectEnd(ref reader);
        if (Context.BuildInteraction(record) is { } interaction)
        {
            sink.Accept(interaction, Context.Position);
        }
    }
}
