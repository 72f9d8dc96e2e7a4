using System.Text.Json;

namespace Stillwatch.Interactions.Formats;

/// <summary>
/// Values of OTLP in JSON (opentelemetry-proto, AnyValue): {"stringValue":…}, {"intValue":"1"}, {"arrayValue":{"values":[…]}},
/// {"kvlistValue":{"values":[{"key":…,"value":…}]}}.
/// </summary>
internal static class OtlpAnyValue
{
    /// <summary>What a member of a value holds.</summary>
    public enum Kind
    {
        /// <summary>Nothing that is read (bytes, unknown members).</summary>
        None,

        /// <summary>A string, number or boolean of JSON.</summary>
        Scalar,

        /// <summary>A list of values.</summary>
        Array,

        /// <summary>A list of keys with values.</summary>
        List,
    }

    private enum Member
    {
        None,
        Values,
        Key,
        Value,
    }

    private static readonly MemberTable<Kind> Kinds = new(
        ("stringValue", Kind.Scalar), ("string_value", Kind.Scalar), ("intValue", Kind.Scalar), ("int_value", Kind.Scalar),
        ("doubleValue", Kind.Scalar), ("double_value", Kind.Scalar), ("boolValue", Kind.Scalar), ("bool_value", Kind.Scalar),
        ("arrayValue", Kind.Array), ("array_value", Kind.Array), ("kvlistValue", Kind.List), ("kvlist_value", Kind.List));

    private static readonly MemberTable<Member> Members = new(("values", Member.Values), ("key", Member.Key), ("value", Member.Value));

    /// <summary>What the member of this name holds.</summary>
    public static Kind KindOf(ReadOnlySpan<byte> member) => Kinds.Find(member);

    /// <summary>Writes the value the reader stands on as plain JSON: arrays and objects instead of lists of wrapped values.</summary>
    public static void Write(ref Utf8JsonReader reader, Utf8JsonWriter writer, RecordContext context)
    {
        var written = false;
        for (var inside = JsonValue.TryEnterObject(ref reader); inside && JsonValue.ReadName(ref reader);)
        {
            var kind = KindOf(context.MemberName(ref reader));
            reader.Read();
            if (written || kind is Kind.None)
            {
                reader.Skip();
            }
            else
            {
                Write(ref reader, kind, writer, context);
                written = true;
            }
        }

        if (!written)
        {
            writer.WriteNullValue();
        }
    }

    /// <summary>Writes the content of a member of a value as plain JSON.</summary>
    public static void Write(ref Utf8JsonReader reader, Kind kind, Utf8JsonWriter writer, RecordContext context)
    {
        switch (kind)
        {
            case Kind.Array:
                writer.WriteStartArray();
                WriteValues(ref reader, writer, context, isList: false);
                writer.WriteEndArray();
                break;
            case Kind.List:
                writer.WriteStartObject();
                WriteValues(ref reader, writer, context, isList: true);
                writer.WriteEndObject();
                break;
            default:
                WriteScalar(ref reader, writer, context);
                break;
        }
    }

    private static void WriteValues(ref Utf8JsonReader reader, Utf8JsonWriter writer, RecordContext context, bool isList)
    {
        for (var inside = JsonValue.TryEnterObject(ref reader); inside && JsonValue.ReadName(ref reader);)
        {
            var member = Members.Find(context.MemberName(ref reader));
            reader.Read();
            for (var listed = member is Member.Values && JsonValue.TryEnterArray(ref reader); listed && JsonValue.ReadElement(ref reader);)
            {
                if (isList)
                {
                    WritePair(ref reader, writer, context);
                }
                else
                {
                    Write(ref reader, writer, context);
                }
            }

            reader.Skip();
        }
    }

    /// <summary>A pair's value may stand before its key, but is written after it.</summary>
    private static void WritePair(ref Utf8JsonReader reader, Utf8JsonWriter writer, RecordContext context)
    {
        Utf8JsonReader value = default;
        var named = false;
        for (var inside = JsonValue.TryEnterObject(ref reader); inside && JsonValue.ReadName(ref reader);)
        {
            var member = Members.Find(context.MemberName(ref reader));
            reader.Read();
            if (member is Member.Key && !named && reader.TokenType is JsonTokenType.String)
            {
                writer.WritePropertyName(context.PlainString(ref reader));
                named = true;
            }
            else if (member is Member.Value)
            {
                value = reader;
            }

            reader.Skip();
        }

        if (named && value.TokenType is JsonTokenType.StartObject)
        {
            Write(ref value, writer, context);
        }
        else if (named)
        {
            writer.WriteNullValue();
        }
    }

    private static void WriteScalar(ref Utf8JsonReader reader, Utf8JsonWriter writer, RecordContext context)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                writer.WriteStringValue(context.PlainString(ref reader));
                break;
            case JsonTokenType.Number:
                writer.WriteRawValue(reader.ValueSpan, skipInputValidation: true);
                break;
            case JsonTokenType.True or JsonTokenType.False:
                writer.WriteBooleanValue(reader.TokenType is JsonTokenType.True);
                break;
            default:
                reader.Skip();
                writer.WriteNullValue();
                break;
        }
    }
}
