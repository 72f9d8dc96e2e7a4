using System.IO.Compression;
using System.Text;
using System.Text.Json;

namespace Stillwatch.Cli.Verbs.Marks;

/// <summary>JSON objects, one a line, that hold ids of tokens; plain or gzip.</summary>
internal static class TokenLines
{
    private const int MaxLineChars = 1 << 24;

    /// <summary>The objects of a file, each with the number of its line; empty lines are skipped.</summary>
    /// <exception cref="InvalidDataException">A line is too long or no JSON object.</exception>
    public static IEnumerable<(int Line, JsonElement Row)> Read(string path)
    {
        using var stream = InputStream.Open(path);
        using var reader = new StreamReader(
            path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(stream, CompressionMode.Decompress) : stream);
        for (var line = 1; ReadLine(reader, path, line) is { } text; line++)
        {
            if (text.AsSpan().Trim().Length > 0)
            {
                using var row = Parse(text, path, line);
                yield return (line, row.RootElement);
            }
        }
    }

    /// <summary>The ids of a member; null if it is absent.</summary>
    /// <exception cref="InvalidDataException">It is no array of whole numbers from 0 to 2^31 - 1.</exception>
    public static int[]? Ids(JsonElement row, string member, string path, int line)
    {
        if (!row.TryGetProperty(member, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        if (value.ValueKind != JsonValueKind.Array)
        {
            throw Fault(path, line, $"'{member}' is no array of ids");
        }

        var ids = new int[value.GetArrayLength()];
        var place = 0;
        foreach (var element in value.EnumerateArray())
        {
            ids[place++] = element.ValueKind == JsonValueKind.Number && element.TryGetInt32(out var id) && id >= 0
                ? id
                : throw Fault(path, line, $"'{member}' holds {element.GetRawText()}, which is no id from 0 to 2147483647");
        }

        return ids;
    }

    /// <summary>The numbers of a member; null if it is absent. <c>null</c> among them is negative infinity.</summary>
    /// <exception cref="InvalidDataException">It is no array of numbers.</exception>
    public static double[]? Numbers(JsonElement row, string member, string path, int line)
    {
        if (!row.TryGetProperty(member, out var value))
        {
            return null;
        }

        if (value.ValueKind != JsonValueKind.Array)
        {
            throw Fault(path, line, $"'{member}' is no array of numbers");
        }

        return
        [
            .. value.EnumerateArray().Select(element => element.ValueKind switch
            {
                JsonValueKind.Null => double.NegativeInfinity,
                JsonValueKind.Number when element.TryGetDouble(out var number) && double.IsFinite(number) => number,
                _ => throw Fault(path, line, $"'{member}' holds {element.GetRawText()}, which is no number"),
            }),
        ];
    }

    /// <summary>What is wrong with a line.</summary>
    public static InvalidDataException Fault(string path, int line, string what) =>
        new(MarkOptions.Text($"{path}:{line}: {what}."));

    private static JsonDocument Parse(string text, string path, int line)
    {
        try
        {
            var row = JsonDocument.Parse(text);
            return row.RootElement.ValueKind == JsonValueKind.Object ? row : throw Fault(path, line, "the line is no JSON object");
        }
        catch (JsonException)
        {
            throw Fault(path, line, "the line is no JSON");
        }
    }

    private static string? ReadLine(StreamReader reader, string path, int line)
    {
        var text = new StringBuilder();
        for (int letter; (letter = reader.Read()) >= 0;)
        {
            if (letter == '\n')
            {
                return text.ToString();
            }

            text.Append((char)letter);
            if (text.Length > MaxLineChars)
            {
                throw Fault(path, line, $"the line has more than {MaxLineChars} characters");
            }
        }

        return text.Length > 0 ? text.ToString() : null;
    }
}
