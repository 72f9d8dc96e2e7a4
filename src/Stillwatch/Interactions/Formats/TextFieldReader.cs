using System.Text.Json;
using Stillwatch.Interactions.Reading;

namespace Stillwatch.Interactions.Formats;

/// <summary>Reads a value that is text, a table's cell or a string, into a field of the draft.</summary>
/// <remarks>
/// Times are RFC 3339, UTC where they have no offset as in exports of databases, or a count since 1970 in seconds, milli-, micro- or
/// nanoseconds, told apart by magnitude. Messages are JSON, or the text of one message of the user. Tools are JSON, or names between
/// commas.
/// </remarks>
internal sealed class TextFieldReader
{
    private readonly RecordContext _context;
    private readonly JsonContentReader _contents;
    private readonly NestedJson _nested;
    private readonly NestedJson.Reading _readMessages;
    private readonly NestedJson.Reading _readTools;
    private readonly FieldSetter _set;

    public TextFieldReader(RecordContext context)
    {
        _context = context;
        _contents = new(context);
        _nested = new(context);
        _set = new(context) { AssumeUtc = true };
        _readMessages = ReadMessages;
        _readTools = _contents.ReadTools;
    }

    /// <summary>Sets the field; an empty value is absence.</summary>
    public void Read(ReadOnlySpan<byte> value, LogField field)
    {
        _context.Renew(field);
        _context.Forget(field);
        switch (field.Kind())
        {
            case FieldKind.Name:
                _set.Name(field, value);
                break;
            case FieldKind.Address:
                _set.Address(value);
                break;
            case FieldKind.Time:
                ReadTime(value, field);
                break;
            case FieldKind.Integer or FieldKind.Number:
                _set.NumberText(field, value);
                break;
            case FieldKind.Flag:
                ReadFlag(value, field);
                break;
            default:
                ReadContent(value, field);
                break;
        }
    }

    /// <summary>Reads the conversation from text: JSON, or what the user said.</summary>
    public void ReadMessages(ReadOnlySpan<byte> value)
    {
        _context.Draft.Messages.Clear();
        if (NestedJson.IsLikely(value))
        {
            _nested.Read(value, LogField.Messages.Path(), _readMessages);
        }
        else if (!value.IsEmpty)
        {
            _context.Draft.Messages.Add((RecordDraft.UserRole, _context.Texts.Append(value)));
        }
    }

    private void ReadContent(ReadOnlySpan<byte> value, LogField field)
    {
        if (field is LogField.Messages)
        {
            ReadMessages(value);
        }
        else if (field is LogField.Tools)
        {
            ReadTools(value);
        }
        else if (!value.IsEmpty && field.Kind() is FieldKind.Text)
        {
            _context.Draft.SetText(field, _context.Texts.Append(value));
        }
    }

    /// <summary>An object instead of a list holds no messages: loggers write {} for none.</summary>
    private void ReadMessages(ref Utf8JsonReader reader)
    {
        if (reader.TokenType is JsonTokenType.StartArray)
        {
            _contents.ReadMessages(ref reader);
        }
        else
        {
            reader.Skip();
        }
    }

    private void ReadTools(ReadOnlySpan<byte> value)
    {
        _context.Draft.Tools.Clear();
        if (NestedJson.IsLikely(value))
        {
            _nested.Read(value, LogField.Tools.Path(), _readTools);
            return;
        }

        var count = 0;
        foreach (var range in value.Split((byte)','))
        {
            var text = value[range].Trim(" \t"u8);
            if (!text.IsEmpty && _context.ShortName(text, LogField.Tools.Path()) is { } name && ++count <= _context.Options.MaxTools)
            {
                _context.Draft.Tools.Add(name);
            }
        }

        _context.NoteTools(count);
    }

    private void ReadTime(ReadOnlySpan<byte> value, LogField field)
    {
        if (EpochTime.TryParse(value, out var milliseconds))
        {
            _set.Time(field, milliseconds, value);
        }
        else
        {
            _set.Time(field, value);
        }
    }

    private void ReadFlag(ReadOnlySpan<byte> value, LogField field)
    {
        if (value is [(byte)'1'] || System.Text.Ascii.EqualsIgnoreCase(value, "true"u8))
        {
            _context.Draft.SetNumber(field, 1);
        }
        else if (value is [(byte)'0'] || System.Text.Ascii.EqualsIgnoreCase(value, "false"u8))
        {
            _context.Draft.SetNumber(field, 0);
        }
        else if (!value.IsEmpty)
        {
            _context.Fault(field, InputFaultReason.WrongType, $"{InputFault.Printable(value)}, not true or false");
        }
    }
}
