using System.Buffers.Text;
using System.Text.Json;
using Stillwatch.Interactions.Reading;

namespace Stillwatch.Interactions.Formats;

/// <summary>Reads one span into the draft, and tells whether it is an interaction.</summary>
internal sealed class OtlpSpanReader
{
    private enum Member
    {
        None,
        TraceId,
        SpanId,
        Start,
        End,
        Attributes,
        Events,
        Name,
    }

    private const double NanosecondsPerMillisecond = 1e6;
    private const int MaxIdBytes = 64;

    private static readonly MemberTable<Member> Members = new(
        ("traceId", Member.TraceId), ("trace_id", Member.TraceId), ("spanId", Member.SpanId), ("span_id", Member.SpanId),
        ("startTimeUnixNano", Member.Start), ("start_time_unix_nano", Member.Start), ("endTimeUnixNano", Member.End),
        ("end_time_unix_nano", Member.End), ("attributes", Member.Attributes), ("events", Member.Events), ("name", Member.Name));

    private readonly RecordContext _context;
    private readonly OtlpAttributeReader _attributes;
    private readonly FieldSetter _set;
    private readonly byte[] _id = new byte[2 * MaxIdBytes + 1];
    private int _traceLength;
    private int _spanLength;
    private ulong? _start;
    private ulong? _end;

    public OtlpSpanReader(RecordContext context) => (_context, _attributes, _set) = (context, new(context), new(context));

    /// <summary>Reads the span the reader stands on.</summary>
    /// <param name="reader">Ends after the span.</param>
    /// <param name="resource">Stands on the resource's attributes, if it has any.</param>
    /// <returns>Whether it is a call of a model.</returns>
    public bool TryRead(ref Utf8JsonReader reader, Utf8JsonReader resource)
    {
        Begin();
        Utf8JsonReader events = default;
        for (var inside = JsonValue.TryEnterObject(ref reader); inside && JsonValue.ReadName(ref reader);)
        {
            var member = Members.Find(_context.MemberName(ref reader));
            reader.Read();
            events = member is Member.Events ? reader : events;
            ReadMember(ref reader, member);
            reader.Skip();
        }

        if (!_attributes.IsGenerativeAi || IsAroundCalls())
        {
            return false;
        }

        ReadEvents(ref events);
        if (resource.TokenType is JsonTokenType.StartArray)
        {
            _attributes.Read(ref resource, ofSpan: false);
        }

        Complete();
        return true;
    }

    private void Begin()
    {
        _attributes.Begin();
        (_traceLength, _spanLength, _start, _end) = (0, 0, null, null);
    }

    private void ReadMember(ref Utf8JsonReader reader, Member member)
    {
        switch (member)
        {
            case Member.TraceId:
                _traceLength = ReadId(ref reader, _id);
                break;
            case Member.SpanId:
                _spanLength = ReadId(ref reader, _id.AsSpan(MaxIdBytes));
                break;
            case Member.Start:
                _start = ReadTime(ref reader, LogField.Time);
                break;
            case Member.End:
                _end = ReadTime(ref reader, LogField.LatencyMs);
                break;
            case Member.Attributes:
                _attributes.Read(ref reader, ofSpan: true);
                break;
        }
    }

    private int ReadId(ref Utf8JsonReader reader, Span<byte> destination)
    {
        var id = reader.TokenType is JsonTokenType.String ? _context.PlainString(ref reader) : default;
        return id.Length <= MaxIdBytes && id.TryCopyTo(destination) ? id.Length : 0;
    }

    private ulong? ReadTime(ref Utf8JsonReader reader, LogField field)
    {
        var text = reader.TokenType is JsonTokenType.String or JsonTokenType.Number ? reader.ValueSpan : default;
        if (Utf8Parser.TryParse(text, out ulong nanoseconds, out var consumed) && consumed == text.Length)
        {
            return nanoseconds;
        }

        _context.Fault(field, InputFaultReason.Malformed, $"{InputFault.Printable(text)}, not nanoseconds since 1970");
        return null;
    }

    /// <summary>Spans of agents, tools and retrieval surround the calls of a model, which have spans of their own.</summary>
    private bool IsAroundCalls() => _context.Draft[LogField.Operation] is { } operation
        && (operation.StartsWith("execute_", StringComparison.Ordinal) || operation.StartsWith("create_", StringComparison.Ordinal)
            || operation.StartsWith("invoke_", StringComparison.Ordinal) || operation is "retrieval");

    private void ReadEvents(ref Utf8JsonReader reader)
    {
        if (reader.TokenType is not JsonTokenType.StartArray)
        {
            return;
        }

        while (JsonValue.ReadElement(ref reader))
        {
            ReadEvent(ref reader);
        }
    }

    private void ReadEvent(ref Utf8JsonReader reader)
    {
        Utf8JsonReader attributes = default;
        ReadOnlySpan<byte> name = default;
        for (var inside = JsonValue.TryEnterObject(ref reader); inside && JsonValue.ReadName(ref reader);)
        {
            var member = Members.Find(_context.MemberName(ref reader));
            reader.Read();
            name = member is Member.Name && reader.TokenType is JsonTokenType.String ? reader.ValueSpan : name;
            attributes = member is Member.Attributes ? reader : attributes;
            reader.Skip();
        }

        if (attributes.TokenType is not JsonTokenType.StartArray)
        {
            return;
        }

        if (name.SequenceEqual("gen_ai.choice"u8))
        {
            _attributes.ReadMessageEvent(ref attributes, role: null);
        }
        else if (RoleOf(name) is { } role)
        {
            _attributes.ReadMessageEvent(ref attributes, role);
        }
        else
        {
            _attributes.Read(ref attributes, ofSpan: false);
        }
    }

    private static string? RoleOf(ReadOnlySpan<byte> eventName) => eventName switch
    {
        _ when eventName.SequenceEqual("gen_ai.user.message"u8) => "user",
        _ when eventName.SequenceEqual("gen_ai.system.message"u8) => "system",
        _ when eventName.SequenceEqual("gen_ai.assistant.message"u8) => "assistant",
        _ when eventName.SequenceEqual("gen_ai.tool.message"u8) => "tool",
        _ => null,
    };

    /// <summary>What depends on several members.</summary>
    private void Complete()
    {
        _attributes.Messages.Complete(_context);
        if (_start is { } start)
        {
            _set.Time(LogField.Time, (long)(start / 1_000_000), "startTimeUnixNano"u8);
            if (_end >= start)
            {
                _context.Draft.SetNumber(LogField.LatencyMs, (_end - start) / NanosecondsPerMillisecond);
            }
        }

        if (_traceLength > 0 && _spanLength > 0)
        {
            Span<byte> id = stackalloc byte[2 * MaxIdBytes + 1];
            _id.AsSpan(0, _traceLength).CopyTo(id);
            id[_traceLength] = (byte)'-';
            _id.AsSpan(MaxIdBytes, _spanLength).CopyTo(id[(_traceLength + 1)..]);
            _set.Name(LogField.Id, id[..(_traceLength + 1 + _spanLength)]);
        }
    }
}
