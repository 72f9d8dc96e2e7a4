using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;

namespace Stillwatch.Provenance.Reports;

/// <summary>Reads inputs in bounded memory; whatever is wrong is said with file, line and reason. Stateless.</summary>
public static class InputLines
{
    /// <summary>Characters of a line at most.</summary>
    public const int MaxLineChars = 1 << 24;

    /// <summary>Characters of a file at most, unpacked.</summary>
    public const int MaxChars = 1 << 29;

    /// <summary>
    /// The objects of a file, each with the number of its line; empty lines are skipped. An element is good for its turn only.
    /// </summary>
    /// <exception cref="InvalidDataException">A line is too long or no JSON object, or the file is no gzip file.</exception>
    public static IEnumerable<(int Line, JsonElement Row)> Objects(ReportInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        foreach (var (line, text) in Lines(input))
        {
            if (!string.IsNullOrWhiteSpace(text))
            {
                using var row = Parse(input, line, text);
                yield return (line, row.RootElement);
            }
        }
    }

    /// <summary>The file as one text.</summary>
    /// <exception cref="InvalidDataException">It is too long, or no gzip file.</exception>
    public static string Text(ReportInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        using var reader = Open(input);
        var text = new StringBuilder();
        var buffer = new char[1 << 16];
        for (int read; (read = Read(input, 1, reader, buffer)) > 0;)
        {
            text.Append(buffer, 0, read);
            ThrowIfTooLong(input, 1, text.Length);
        }

        return text.ToString();
    }

    /// <summary>What is wrong with a line.</summary>
    public static InvalidDataException Fault(ReportInput input, int line, string what)
    {
        ArgumentNullException.ThrowIfNull(input);
        return new(string.Create(CultureInfo.InvariantCulture, $"{input.Name}:{line}: {what}."));
    }

    private static IEnumerable<(int Line, string Text)> Lines(ReportInput input)
    {
        using var reader = Open(input);
        var (text, buffer, line, total) = (new StringBuilder(), new char[1 << 16], 1, 0L);
        for (int read; (read = Read(input, line, reader, buffer)) > 0;)
        {
            ThrowIfTooLong(input, line, total += read);
            var from = 0;
            for (int end; (end = Array.IndexOf(buffer, '\n', from, read - from)) >= 0; from = end + 1)
            {
                text.Append(buffer, from, end - from);
                ThrowIfLineTooLong(input, line, text.Length);
                yield return (line++, text.ToString());
                text.Clear();
            }

            text.Append(buffer, from, read - from);
            ThrowIfLineTooLong(input, line, text.Length);
        }

        if (text.Length > 0)
        {
            yield return (line, text.ToString());
        }
    }

    private static StreamReader Open(ReportInput input)
    {
        var bytes = new MemoryStream(input.Content, writable: false);
        var isPacked = input.Name.EndsWith(".gz", StringComparison.Ordinal);
        return new(isPacked ? new GZipStream(bytes, CompressionMode.Decompress) : bytes, new UTF8Encoding(false, true));
    }

    private static int Read(ReportInput input, int line, StreamReader reader, char[] buffer)
    {
        try
        {
            return reader.Read(buffer, 0, buffer.Length);
        }
        catch (DecoderFallbackException)
        {
            throw Fault(input, line, "the text from here on is not in UTF-8");
        }
        catch (InvalidDataException)
        {
            throw Fault(input, line, "the file is no gzip file, or is damaged");
        }
    }

    private static JsonDocument Parse(ReportInput input, int line, string text)
    {
        JsonDocument row;
        try
        {
            row = JsonDocument.Parse(text, new() { AllowDuplicateProperties = false });
        }
        catch (JsonException)
        {
            throw Fault(input, line, "the line is no JSON, or names a member twice");
        }

        if (row.RootElement.ValueKind == JsonValueKind.Object)
        {
            return row;
        }

        row.Dispose();
        throw Fault(input, line, "the line is no JSON object");
    }

    private static void ThrowIfTooLong(ReportInput input, int line, long length)
    {
        if (length > MaxChars)
        {
            throw Fault(input, line, $"a file has at most {MaxChars} characters");
        }
    }

    private static void ThrowIfLineTooLong(ReportInput input, int line, long length)
    {
        if (length > MaxLineChars)
        {
            throw Fault(input, line, $"the line has more than {MaxLineChars} characters");
        }
    }
}
