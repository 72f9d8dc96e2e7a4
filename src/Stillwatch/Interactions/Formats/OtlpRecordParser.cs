using System.Text.Json;
using Stillwatch.Interactions.Reading;

namespace Stillwatch.Interactions.Formats;

/// <summary>
/// Reads spans of generative AI from OTLP in JSON: {"resourceSpans":[{"resource":…,"scopeSpans":[{"spans":[…]}]}]}, one such export a
/// record.
/// </summary>
/// <remarks>
/// Other spans, and those of agents and tools around the calls of a model, are passed over: they are no interactions. The attributes of the
/// resource hold where the span has none of its own, also where the resource stands after its spans.
/// </remarks>
internal sealed class OtlpRecordParser : JsonRecordParser<IInteractionSink>
{
    private enum Member
    {
        None,
        ResourceSpans,
        Resource,
        ScopeSpans,
        Spans,
        Attributes,
    }

    private static readonly MemberTable<Member> Members = new(
        ("resourceSpans", Member.ResourceSpans), ("resource_spans", Member.ResourceSpans), ("resource", Member.Resource),
        ("scopeSpans", Member.ScopeSpans), ("scope_spans", Member.ScopeSpans), ("instrumentationLibrarySpans", Member.ScopeSpans),
        ("spans", Member.Spans), ("attributes", Member.Attributes));

    private readonly OtlpSpanReader _spans;
    private int _part;

    public OtlpRecordParser(RecordContext context)
        : base(context) => _spans = new(context);

    /// <inheritdoc/>
    protected override void ReadRecord(ref Utf8JsonReader reader, ReadOnlySpan<byte> record, IInteractionSink sink)
    {
        var source = new SpanSource(record, Context.Position, sink);
        _part = 0;
        var found = false;
        while (JsonValue.ReadName(ref reader))
        {
            var member = Members.Find(Context.MemberName(ref reader));
            reader.Read();
            found |= member is Member.ResourceSpans;
            var isList = member is Member.ResourceSpans && reader.TokenType is JsonTokenType.StartArray;
            while (isList && JsonValue.ReadElement(ref reader))
            {
                ReadResourceSpans(ref reader, source);
            }

            reader.Skip();
        }

        ExpectEnd(ref reader);
        if (!found)
        {
            Context.Reject(InputFaultReason.Missing, member: "resourceSpans");
        }
    }

    private void ReadResourceSpans(ref Utf8JsonReader reader, SpanSource source)
    {
        Utf8JsonReader resource = default;
        Utf8JsonReader scopes = default;
        for (var inside = JsonValue.TryEnterObject(ref reader); inside && JsonValue.ReadName(ref reader);)
        {
            var member = Members.Find(Context.MemberName(ref reader));
            reader.Read();
            if (member is Member.Resource)
            {
                resource = AttributesOf(reader);
            }
            else if (member is Member.ScopeSpans)
            {
                scopes = reader;
            }

            reader.Skip();
        }

        if (scopes.TokenType is JsonTokenType.StartArray)
        {
            ReadScopes(ref scopes, resource, source);
        }
    }

    private void ReadScopes(ref Utf8JsonReader reader, Utf8JsonReader resource, SpanSource source)
    {
        while (JsonValue.ReadElement(ref reader))
        {
            for (var inside = JsonValue.TryEnterObject(ref reader); inside && JsonValue.ReadName(ref reader);)
            {
                var member = Members.Find(Context.MemberName(ref reader));
                reader.Read();
                var isList = member is Member.Spans && reader.TokenType is JsonTokenType.StartArray;
                while (isList && JsonValue.ReadElement(ref reader))
                {
                    ReadSpan(ref reader, resource, source);
                }

                reader.Skip();
            }
        }
    }

    private void ReadSpan(ref Utf8JsonReader reader, Utf8JsonReader resource, SpanSource source)
    {
        var start = (int)reader.TokenStartIndex;
        var position = source.Position with { Part = source.Position.Part + _part++ };
        Context.Begin(position, source.Record.Length);
        if (_spans.TryRead(ref reader, resource)
            && Context.BuildInteraction(source.Record[start..(int)reader.BytesConsumed]) is { } interaction)
        {
            source.Sink.Accept(interaction, position);
        }
    }

    /// <summary>Where the attributes of the resource start; <c>default</c> if it has none.</summary>
    private Utf8JsonReader AttributesOf(Utf8JsonReader resource)
    {
        for (var inside = JsonValue.TryEnterObject(ref resource); inside && JsonValue.ReadName(ref resource);)
        {
            var member = Members.Find(Context.MemberName(ref resource));
            resource.Read();
            if (member is Member.Attributes)
            {
                return resource;
            }

            resource.Skip();
        }

        return default;
    }

    /// <summary>The record whose spans are being read.</summary>
    private readonly ref struct SpanSource(ReadOnlySpan<byte> record, RecordPosition position, IInteractionSink sink)
    {
        public readonly ReadOnlySpan<byte> Record = record;
        public readonly RecordPosition Position = position;
        public readonly IInteractionSink Sink = sink;
    }
}
