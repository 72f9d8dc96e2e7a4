using System.Text.Json;
using Stillwatch.Gateway.Dialects;
using Stillwatch.Interactions;

namespace Stillwatch.Gateway.Observation;

/// <summary>Writes the texts of a request in the native format: each message one string, whatever parts it had.</summary>
/// <remarks>Strings stay as the client escaped them: joined escaped strings are an escaped string again.</remarks>
/// <param name="output">Takes the members.</param>
/// <param name="policy">What is kept; what is not kept is not written.</param>
internal sealed class ContentExtract(ByteBuffer output, ContentPolicy policy)
{
    private const int MaxNesting = 8;

    private bool _isFirst;

    /// <summary>Writes the members <c>system</c>, <c>messages</c> and <c>tools</c>, each followed by a comma.</summary>
    public void Write(ReadOnlySpan<byte> body, ContentRanges ranges)
    {
        if (policy.System is not ContentTreatment.None && Reader(body, ranges.System, out var system))
        {
            output.Append("\"system\":"u8);
            WriteText(ref system);
            output.Append(","u8);
        }

        if (policy.Messages is not ContentTreatment.None && Reader(body, ranges.Messages, out var messages))
        {
            output.Append("\"messages\":["u8);
            WriteMessages(ref messages);
            output.Append("],"u8);
        }

        if (policy.Tools is not ContentTreatment.None && Reader(body, ranges.Tools, out var tools))
        {
            output.Append("\"tools\":["u8);
            WriteTools(ref tools);
            output.Append("],"u8);
        }
    }

    private static bool Reader(ReadOnlySpan<byte> body, Range range, out Utf8JsonReader reader)
    {
        var value = body[range];
        reader = new Utf8JsonReader(value, new JsonReaderOptions { MaxDepth = 512 });
        return !value.IsEmpty && reader.Read();
    }

    private void WriteMessages(ref Utf8JsonReader json)
    {
        _isFirst = true;
        if (json.TokenType is not JsonTokenType.StartArray)
        {
            WriteMessage("user"u8, ref json);
            return;
        }

        while (json.Read() && json.TokenType is not JsonTokenType.EndArray)
        {
            if (json.TokenType is JsonTokenType.StartObject)
            {
                WriteItem(ref json);
            }
            else if (json.TokenType is JsonTokenType.String)
            {
                WriteMessage("user"u8, ref json);
            }
            else
            {
                json.Skip();
            }
        }
    }

    /// <summary>The role may stand behind the content, so it is looked for first.</summary>
    private void WriteItem(ref Utf8JsonReader json)
    {
        var role = RoleOf(json);
        var isInstruction = role.SequenceEqual("system"u8) || role.SequenceEqual("developer"u8);
        if (isInstruction && policy.System is ContentTreatment.None)
        {
            json.Skip();
        }
        else
        {
            WriteMessage(role, ref json);
        }
    }

    private static ReadOnlySpan<byte> RoleOf(Utf8JsonReader json)
    {
        while (json.Read() && json.TokenType is JsonTokenType.PropertyName)
        {
            var isRole = json.IsNamed("role"u8);
            json.Read();
            if (isRole && json.TokenType is JsonTokenType.String)
            {
                return json.ValueSpan;
            }

            json.Skip();
        }

        return "tool"u8;
    }

    private void WriteMessage(ReadOnlySpan<byte> role, ref Utf8JsonReader value)
    {
        output.Append(_isFirst ? "{\"role\":\""u8 : ",{\"role\":\""u8);
        _isFirst = false;
        output.Append(role);
        output.Append("\",\"content\":"u8);
        WriteText(ref value);
        output.Append("}"u8);
    }

    private void WriteText(ref Utf8JsonReader value)
    {
        output.Append("\""u8);
        var start = output.Count;
        Flatten(ref value, start, 0);
        output.Append("\""u8);
    }

    /// <summary>Collects every text in a value: strings in lists, and members of parts that hold text.</summary>
    private void Flatten(ref Utf8JsonReader json, int start, int nesting)
    {
        switch (json.TokenType)
        {
            case JsonTokenType.String:
                output.Append(output.Count > start ? "\\n"u8 : default);
                output.Append(json.ValueSpan);
                break;
            case JsonTokenType.StartArray when nesting < MaxNesting:
                while (json.Read() && json.TokenType is not JsonTokenType.EndArray)
                {
                    Flatten(ref json, start, nesting + 1);
                }

                break;
            case JsonTokenType.StartObject when nesting < MaxNesting:
                while (json.Read() && json.TokenType is JsonTokenType.PropertyName)
                {
                    FlattenMember(ref json, start, nesting + 1);
                }

                break;
            default:
                json.Skip();
                break;
        }
    }

    private void FlattenMember(ref Utf8JsonReader json, int start, int nesting)
    {
        var holdsText = json.IsNamed("text"u8) || json.IsNamed("content"u8) || json.IsNamed("output"u8)
            || json.IsNamed("thinking"u8);
        json.Read();
        if (holdsText)
        {
            Flatten(ref json, start, nesting);
        }
        else
        {
            json.Skip();
        }
    }

    private void WriteTools(ref Utf8JsonReader json)
    {
        _isFirst = true;
        if (json.TokenType is not JsonTokenType.StartArray)
        {
            return;
        }

        while (json.Read() && json.TokenType is not JsonTokenType.EndArray)
        {
            WriteTool(ref json, 0);
        }
    }

    /// <summary>A tool has its name itself, or in its function.</summary>
    private void WriteTool(ref Utf8JsonReader json, int nesting)
    {
        if (json.TokenType is not JsonTokenType.StartObject || nesting > 1)
        {
            json.Skip();
            return;
        }

        while (json.Read() && json.TokenType is JsonTokenType.PropertyName)
        {
            var isName = json.IsNamed("name"u8);
            var isFunction = json.IsNamed("function"u8);
            json.Read();
            if (isName && json.TokenType is JsonTokenType.String)
            {
                output.Append(_isFirst ? "\""u8 : ",\""u8);
                output.Append(json.ValueSpan);
                output.Append("\""u8);
                _isFirst = false;
            }
            else if (isFunction)
            {
                WriteTool(ref json, nesting + 1);
            }
            else
            {
                json.Skip();
            }
        }
    }
}
