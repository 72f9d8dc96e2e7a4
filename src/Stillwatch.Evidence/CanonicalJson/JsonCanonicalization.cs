using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Stillwatch.Evidence.CanonicalJson;

/// <summary>
/// JSON Canonicalization Scheme: one byte sequence for all texts of one JSON value, so that it can be hashed or signed (RFC 8785).
/// </summary>
/// <remarks>
/// Members are sorted by the UTF-16 code units of their names (3.2.3), numbers are IEEE 754 doubles written as ECMAScript does
/// (3.2.2.3), strings escape only what they must (3.2.2.2). As RFC 8785 asks for I-JSON (RFC 7493), a member given twice, a lone
/// surrogate and a number beyond the range of a double have no canonical form and are refused. An integer beyond 2^53 becomes the
/// nearest double, as in ECMAScript. Time and memory grow with the text, times the logarithm of the widest object.
/// </remarks>
public static class JsonCanonicalization
{
    /// <summary>How deep objects and arrays may nest.</summary>
    public const int MaxDepth = 64;

    /// <summary>The canonical form of a JSON text in UTF-8, without a byte order mark.</summary>
    /// <exception cref="InvalidDataException">
    /// The text is no JSON, nests deeper than <see cref="MaxDepth"/>, or has no canonical form.
    /// </exception>
    public static byte[] Canonicalize(ReadOnlyMemory<byte> utf8Json)
    {
        try
        {
            using var document = JsonDocument.Parse(utf8Json, new() { MaxDepth = MaxDepth, AllowDuplicateProperties = false });
            return Canonicalize(document.RootElement);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw new InvalidDataException($"The JSON has no canonical form: {Reason(exception)}", exception);
        }
    }

    /// <summary>The canonical form of a value in memory.</summary>
    /// <exception cref="InvalidDataException">It nests deeper than <see cref="MaxDepth"/>, or has no canonical form.</exception>
    public static byte[] Canonicalize(JsonNode value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return Canonicalize(JsonSerializer.SerializeToUtf8Bytes(value));
    }

    private static byte[] Canonicalize(JsonElement element)
    {
        var output = new ArrayBufferWriter<byte>(256);
        Write(element, output);
        return output.WrittenSpan.ToArray();
    }

    private static void Write(JsonElement element, ArrayBufferWriter<byte> output)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                WriteObject(element, output);
                break;
            case JsonValueKind.Array:
                WriteArray(element, output);
                break;
            case JsonValueKind.String:
                CanonicalText.Write(element.GetString()!, output);
                break;
            case JsonValueKind.Number:
                CanonicalNumber.Write(element.GetDouble(), output);
                break;
            default:
                output.Write(element.ValueKind switch
                {
                    JsonValueKind.True => "true"u8,
                    JsonValueKind.False => "false"u8,
                    _ => "null"u8,
                });
                break;
        }
    }

    private static void WriteObject(JsonElement element, ArrayBufferWriter<byte> output)
    {
        var members = element.EnumerateObject().Select(member => (member.Name, member.Value)).ToList();
        members.Sort(static (left, right) => string.CompareOrdinal(left.Name, right.Name));
        output.Write("{"u8);
        for (var i = 0; i < members.Count; i++)
        {
            Separate(i, output);
            CanonicalText.Write(members[i].Name, output);
            output.Write(":"u8);
            Write(members[i].Value, output);
        }

        output.Write("}"u8);
    }

    private static void WriteArray(JsonElement element, ArrayBufferWriter<byte> output)
    {
        output.Write("["u8);
        var index = 0;
        foreach (var item in element.EnumerateArray())
        {
            Separate(index++, output);
            Write(item, output);
        }

        output.Write("]"u8);
    }

    private static void Separate(int index, ArrayBufferWriter<byte> output)
    {
        if (index > 0)
        {
            output.Write(","u8);
        }
    }

    /// <summary>One line; what the parser says of a duplicate or of a depth is clear, what it says of bad characters is not.</summary>
    private static string Reason(Exception exception) => exception is JsonException
        ? exception.Message.ReplaceLineEndings(" ")
        : "a string or a name holds bytes that are no UTF-8, or half of a surrogate pair.";
}
