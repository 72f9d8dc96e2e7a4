using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Stillwatch.Interactions.Formats;

/// <summary>Reads lists of attributes into the draft of the span they belong to.</summary>
/// <remarks>Content is a string, a string that holds JSON (as most exporters write it), or structured.</remarks>
internal sealed class OtlpAttributeReader
{
    private const int Kept = 1 << 20;

    private enum Member
    {
        None,
        Key,
        Value,
    }

    private static readonly MemberTable<Member> Members = new(("key", Member.Key), ("value", Member.Value));

    private static readonly MemberTable<RankedField> ReplyFields = new(
        ("gen_ai.completion.0.content", new(LogField.ResponseText, OtlpAttributes.SingleMessageRank)),
        ("gen_ai.completion.0.finish_reason", new(LogField.FinishReason, OtlpAttributes.SingleMessageRank)));

    private static readonly JsonWriterOptions Relaxed =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private readonly RecordContext _context;
    private readonly RankedFieldReader _fields;
    private readonly JsonContentReader _contents;
    private readonly NestedJson _nested;
    private readonly NestedJson.Reading _readPlain;
    private ArrayBufferWriter<byte> _plain = new();
    private RankedField _target;

    public OtlpAttributeReader(RecordContext context)
    {
        _context = context;
        _fields = new(context);
        _contents = new(context);
        _nested = new(context);
        _readPlain = ReadPlain;
    }

    /// <summary>Whether an attribute of generative AI was read since the span began.</summary>
    public bool IsGenerativeAi { get; private set; }

    /// <summary>Messages that came one by one.</summary>
    public OtlpMessages Messages { get; } = new();

    /// <summary>Begins a span.</summary>
    public void Begin()
    {
        IsGenerativeAi = false;
        Messages.Clear();
        _fields.Begin();
    }

    /// <summary>Reads the value as a list of attributes.</summary>
    /// <param name="reader">Stands on the list.</param>
    /// <param name="ofSpan">Whether they are the span's own, and not its resource's or those of an event.</param>
    public void Read(ref Utf8JsonReader reader, bool ofSpan)
    {
        for (var inside = JsonValue.TryEnterArray(ref reader); inside && JsonValue.ReadElement(ref reader);)
        {
            ReadAttribute(ref reader, ofSpan);
        }
    }

    /// <summary>Reads the value as the attributes of an event that is one message.</summary>
    /// <param name="reader">Stands on the list.</param>
    /// <param name="role">Of the message; null for the model's reply.</param>
    public void ReadMessageEvent(ref Utf8JsonReader reader, string? role)
    {
        var start = _context.Texts.Position;
        for (var inside = JsonValue.TryEnterArray(ref reader); inside && JsonValue.ReadElement(ref reader);)
        {
            TakePair(ref reader, out var name, out var value);
            if (name.SequenceEqual("content"u8) || name.SequenceEqual("gen_ai.event.content"u8))
            {
                AppendText(ref value);
            }
        }

        var content = _context.Texts.Since(start);
        if (content.Length > 0 && role is not null)
        {
            Messages.AddEvent(role, content);
        }
        else if (content.Length > 0 && _fields.TryTake(new(LogField.ResponseText, OtlpAttributes.SingleMessageRank)))
        {
            _context.Draft.SetText(LogField.ResponseText, content);
        }
    }

    /// <summary>Reads a pair to its end. A pair's value may stand before its key, so that it is read again from its start.</summary>
    private void TakePair(ref Utf8JsonReader reader, out ReadOnlySpan<byte> name, out Utf8JsonReader value)
    {
        name = default;
        value = default;
        for (var inside = JsonValue.TryEnterObject(ref reader); inside && JsonValue.ReadName(ref reader);)
        {
            var member = Members.Find(_context.MemberName(ref reader));
            reader.Read();
            if (member is Member.Key && reader.TokenType is JsonTokenType.String)
            {
                name = _context.PlainString(ref reader);
            }
            else if (member is Member.Value && reader.TokenType is JsonTokenType.StartObject)
            {
                value = reader;
            }

            reader.Skip();
        }
    }

    private void ReadAttribute(ref Utf8JsonReader reader, bool ofSpan)
    {
        TakePair(ref reader, out var name, out var value);
        IsGenerativeAi |= ofSpan && OtlpAttributes.IsGenerativeAi(name);
        var target = OtlpAttributes.Find(name, ofSpan);
        if (value.TokenType is not JsonTokenType.StartObject)
        {
            return;
        }

        if (target.Rank > 0)
        {
            ReadValue(ref value, target);
        }
        else if (ReplyFields.Find(name) is { Rank: > 0 } reply)
        {
            ReadValue(ref value, reply);
        }
        else if (OtlpMessages.TryParse(name, out var index, out var isRole))
        {
            ReadMessage(ref value, index, isRole);
        }
    }

    private void ReadValue(ref Utf8JsonReader value, RankedField target)
    {
        while (JsonValue.ReadName(ref value))
        {
            var kind = OtlpAnyValue.KindOf(_context.MemberName(ref value));
            value.Read();
            if (kind is OtlpAnyValue.Kind.Scalar)
            {
                ReadScalar(ref value, target);
            }
            else if (kind is not OtlpAnyValue.Kind.None && _fields.TryTake(target))
            {
                ReadStructured(ref value, kind, target);
            }

            value.Skip();
        }
    }

    private void ReadScalar(ref Utf8JsonReader reader, RankedField target)
    {
        var isContent = reader.TokenType is JsonTokenType.String && target.Field.Kind() is FieldKind.Text
            && target.Rank != OtlpAttributes.SingleMessageRank;
        if (!isContent || reader.ValueSpan.IsEmpty || !_fields.TryTake(target))
        {
            _fields.Read(ref reader, target);
            return;
        }

        var start = _context.Texts.Position;
        AppendString(_context.PlainString(ref reader));
        _context.Draft.SetText(target.Field, _context.Texts.Since(start));
    }

    /// <summary>A list or structure is read as the JSON it would be.</summary>
    private void ReadStructured(ref Utf8JsonReader value, OtlpAnyValue.Kind kind, RankedField target)
    {
        if (_plain.Capacity > Kept)
        {
            _plain = new();
        }

        _plain.ResetWrittenCount();
        using var writer = new Utf8JsonWriter(_plain, Relaxed);
        OtlpAnyValue.Write(ref value, kind, writer, _context);
        writer.Flush();
        _target = target;
        _nested.TryRead(_plain.WrittenSpan, _readPlain);
    }

    /// <summary>Reads plain JSON into the target (of a list of names the first); without a target, keeps the text of a content.</summary>
    private void ReadPlain(ref Utf8JsonReader reader)
    {
        switch (_target.Field.Kind())
        {
            case FieldKind.None:
                _contents.ReadContent(ref reader);
                break;
            case FieldKind.Text:
                _context.Draft.SetText(_target.Field, _contents.ReadContent(ref reader));
                break;
            case FieldKind.Name when reader.TokenType is JsonTokenType.StartArray:
                reader.Read();
                _fields.Read(ref reader, _target);
                break;
            default:
                _fields.Read(ref reader, _target);
                break;
        }
    }

    private void ReadMessage(ref Utf8JsonReader value, int index, bool isRole)
    {
        var start = _context.Texts.Position;
        AppendText(ref value);
        var text = _context.Texts.Since(start);
        if (isRole)
        {
            Messages.SetRole(index, _context.Names.Get(_context.Texts[text]));
            _context.Texts.Truncate(start);
        }
        else
        {
            Messages.SetContent(index, text);
        }
    }

    private void AppendText(ref Utf8JsonReader value)
    {
        while (JsonValue.ReadName(ref value))
        {
            var kind = OtlpAnyValue.KindOf(_context.MemberName(ref value));
            value.Read();
            if (kind is OtlpAnyValue.Kind.Scalar && value.TokenType is JsonTokenType.String)
            {
                AppendString(_context.PlainString(ref value));
            }

            value.Skip();
        }
    }

    /// <summary>Keeps the text of a content that is a string: that of the parts it holds as JSON, else its own.</summary>
    private void AppendString(ReadOnlySpan<byte> text)
    {
        if (!NestedJson.IsLikely(text))
        {
            _context.Texts.Append(text);
            return;
        }

        var start = _context.Texts.Position;
        _target = default;
        if (!_nested.TryRead(text, _readPlain) || _context.Texts.Position == start)
        {
            _context.Texts.Truncate(start);
            _context.Texts.Append(_nested.Last);
        }
    }
}
