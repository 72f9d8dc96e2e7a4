using System.Text.Json;
using Stillwatch.Interactions.Reading;

namespace Stillwatch.Interactions.Formats;

/// <summary>Reads messages, contents and tools in the shapes that providers and telemetry use for them.</summary>
/// <remarks>
/// A content is a string, null, or parts: strings, or objects whose text stands in <c>text</c>, <c>content</c>, <c>response</c>,
/// <c>result</c>, <c>parts</c> or <c>message</c>. The texts of parts are joined by a line feed; parts without text (images, calls of
/// tools) and inline data give none.
/// </remarks>
internal sealed class JsonContentReader(RecordContext context)
{
    private enum Member
    {
        None,
        Role,
        Content,
        Parts,
        Text,
        Type,
        Function,
        Name,
    }

    private static readonly MemberTable<Member> MessageMembers =
        new(("role", Member.Role), ("content", Member.Content), ("parts", Member.Parts));

    private static readonly MemberTable<Member> PartMembers = new(
        ("text", Member.Text), ("content", Member.Text), ("response", Member.Text), ("result", Member.Text), ("parts", Member.Parts),
        ("message", Member.Parts), ("type", Member.Type));

    private static readonly MemberTable<Member> ToolMembers = new(("name", Member.Name), ("function", Member.Function));

    private const string MessagesPath = "request.messages";

    private const string RolePath = "request.messages.role";

    /// <summary>Reads the value as a content.</summary>
    /// <returns>Where its text stands; null for null.</returns>
    public TextRange? ReadContent(ref Utf8JsonReader reader)
    {
        if (reader.TokenType is JsonTokenType.Null)
        {
            return null;
        }

        var start = context.Texts.Position;
        AppendContent(ref reader, start);
        return context.Texts.Since(start);
    }

    /// <summary>Reads the value as the conversation, which replaces one read before.</summary>
    public void ReadMessages(ref Utf8JsonReader reader)
    {
        context.Draft.Messages.Clear();
        if (reader.TokenType is not JsonTokenType.StartArray)
        {
            RefuseUnlessNull(ref reader, MessagesPath);
            return;
        }

        while (JsonValue.ReadElement(ref reader))
        {
            ReadMessage(ref reader);
        }

        KeepLast(context.Draft.Messages, context.Options.MaxMessages);
    }

    /// <summary>Reads the value as the list of tools, which replaces one read before.</summary>
    public void ReadTools(ref Utf8JsonReader reader)
    {
        context.Draft.Tools.Clear();
        if (reader.TokenType is not JsonTokenType.StartArray)
        {
            RefuseUnlessNull(ref reader, LogField.Tools.Path());
            return;
        }

        var count = 0;
        while (JsonValue.ReadElement(ref reader))
        {
            if (ReadTool(ref reader) is { } name && ++count <= context.Options.MaxTools)
            {
                context.Draft.Tools.Add(name);
            }
        }

        context.NoteTools(count);
    }

    private void ReadMessage(ref Utf8JsonReader reader)
    {
        if (reader.TokenType is not JsonTokenType.StartObject)
        {
            Refuse(ref reader, MessagesPath);
            return;
        }

        var role = string.Empty;
        var content = context.Texts.Since(context.Texts.Position);
        while (JsonValue.ReadName(ref reader))
        {
            var member = MessageMembers.Find(context.MemberName(ref reader));
            reader.Read();
            switch (member)
            {
                case Member.Role:
                    role = ReadRole(ref reader);
                    break;
                case Member.Content or Member.Parts:
                    content = ReadContent(ref reader) ?? content;
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        context.Draft.Messages.Add((role, content));
    }

    private string ReadRole(ref Utf8JsonReader reader)
    {
        if (reader.TokenType is JsonTokenType.String)
        {
            return context.ShortName(context.PlainString(ref reader), RolePath) ?? string.Empty;
        }

        Refuse(ref reader, RolePath);
        return string.Empty;
    }

    private void AppendContent(ref Utf8JsonReader reader, int start)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                AppendText(ref reader, start);
                break;
            case JsonTokenType.StartArray:
                while (JsonValue.ReadElement(ref reader))
                {
                    AppendContent(ref reader, start);
                }

                break;
            case JsonTokenType.StartObject:
                AppendPart(ref reader, start);
                break;
            case JsonTokenType.Null:
                break;
            default:
                context.Repair("request.messages.content", InputFaultReason.WrongType, JsonValue.Describe(reader.TokenType));
                break;
        }
    }

    private void AppendPart(ref Utf8JsonReader reader, int start)
    {
        var before = context.Texts.Position;
        var inline = false;
        while (JsonValue.ReadName(ref reader))
        {
            var member = PartMembers.Find(context.MemberName(ref reader));
            reader.Read();
            inline |= member is Member.Type && IsBlob(ref reader);
            if (IsText(member, reader.TokenType))
            {
                AppendContent(ref reader, start);
            }
            else
            {
                reader.Skip();
            }
        }

        if (inline)
        {
            context.Texts.Truncate(before);
        }
    }

    private bool IsBlob(ref Utf8JsonReader reader) =>
        reader.TokenType is JsonTokenType.String && context.PlainString(ref reader).SequenceEqual("blob"u8);

    private static bool IsText(Member member, JsonTokenType type) => member switch
    {
        Member.Text => type is JsonTokenType.String or JsonTokenType.StartArray,
        Member.Parts => type is JsonTokenType.StartObject or JsonTokenType.StartArray,
        _ => false,
    };

    private void AppendText(ref Utf8JsonReader reader, int start)
    {
        if (context.Texts.Position > start)
        {
            context.Texts.Append("\n"u8);
        }

        if (reader.ValueIsEscaped)
        {
            context.Texts.AppendUnescaped(reader.ValueSpan);
        }
        else
        {
            context.Texts.Append(reader.ValueSpan);
        }
    }

    /// <summary>A tool is its name, or an object with its name, itself or in <c>function</c>.</summary>
    private string? ReadTool(ref Utf8JsonReader reader)
    {
        if (reader.TokenType is JsonTokenType.String)
        {
            return context.ShortName(context.PlainString(ref reader), LogField.Tools.Path());
        }

        if (reader.TokenType is not JsonTokenType.StartObject)
        {
            Refuse(ref reader, LogField.Tools.Path());
            return null;
        }

        string? found = null;
        while (JsonValue.ReadName(ref reader))
        {
            var member = ToolMembers.Find(context.MemberName(ref reader));
            reader.Read();
            if (member is Member.None || reader.TokenType is not (JsonTokenType.String or JsonTokenType.StartObject))
            {
                reader.Skip();
            }
            else
            {
                found = ReadTool(ref reader) ?? found;
            }
        }

        return found;
    }

    private void KeepLast(List<(string, TextRange)> messages, int most)
    {
        if (messages.Count > most)
        {
            context.Repair(MessagesPath, InputFaultReason.TooLong, $"{messages.Count} messages, the last {most} kept");
            messages.RemoveRange(0, messages.Count - most);
        }
    }

    private void RefuseUnlessNull(ref Utf8JsonReader reader, string member)
    {
        if (reader.TokenType is not JsonTokenType.Null)
        {
            Refuse(ref reader, member);
        }
    }

    private void Refuse(ref Utf8JsonReader reader, string member)
    {
        context.Repair(member, InputFaultReason.WrongType, JsonValue.Describe(reader.TokenType));
        reader.Skip();
    }
}
