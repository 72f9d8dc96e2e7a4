using System.Text.Json;
using Stillwatch.Interactions.Formats;

namespace Stillwatch.Interactions.Reading;

/// <summary>Tells the format of an input by the first bytes of its uncompressed content.</summary>
/// <remarks>
/// The first line that decides counts, so that a broken first line does not hide a good log: Parquet by its magic, JSON formats by the names
/// of the first object's members, tables by a header that names time, account and model.
/// </remarks>
internal static class InputRecogniser
{
    /// <summary>How much of an input is looked at.</summary>
    public const int SampleBytes = 1 << 16;

    [Flags]
    private enum Members
    {
        None = 0,
        Time = 1,
        Account = 2,
        Model = 4,
        RequestId = 8,
        StartTime = 16,
        ApiKey = 32,
        CallType = 64,
        ResourceSpans = 128,
        Data = 256,
    }

    private static readonly MemberTable<Members> Known = new(
        ("time", Members.Time), ("account", Members.Account), ("model", Members.Model), ("request_id", Members.RequestId),
        ("startTime", Members.StartTime), ("api_key", Members.ApiKey), ("call_type", Members.CallType),
        ("resourceSpans", Members.ResourceSpans), ("resource_spans", Members.ResourceSpans), ("data", Members.Data));

    /// <summary>The format and how records are cut; null if no format is recognised.</summary>
    /// <param name="text">The first bytes, at most <see cref="SampleBytes"/>, without a byte order mark.</param>
    /// <param name="demanded">The format the user says it is, or <see cref="InputFormat.Auto"/>.</param>
    /// <param name="columns">Which columns of tables are known.</param>
    public static RecognisedFormat? Recognise(ReadOnlySpan<byte> text, InputFormat demanded, ColumnMapping columns) => demanded switch
    {
        InputFormat.Csv or InputFormat.Parquet => new(demanded, RecordCut.Lines),
        InputFormat.Auto when text.StartsWith(ParquetMagic) => new(InputFormat.Parquet, RecordCut.Lines),
        InputFormat.Auto => RecogniseJson(text) ?? RecogniseTable(text, columns),
        _ => new(demanded, RecogniseJson(text)?.Cut ?? (text.TrimStart(Blank).StartsWith("["u8) ? RecordCut.Document : RecordCut.Lines)),
    };

    /// <summary>The content without the byte order mark of UTF-8.</summary>
    public static ReadOnlySpan<byte> SkipMark(ReadOnlySpan<byte> text) => text.StartsWith("\uFEFF"u8) ? text[3..] : text;

    private static ReadOnlySpan<byte> ParquetMagic => "PAR1"u8;

    private static ReadOnlySpan<byte> Blank => " \t\r\n"u8;

    private static RecognisedFormat? RecogniseTable(ReadOnlySpan<byte> text, ColumnMapping columns) =>
        CsvLayout.Read(text, columns) is null ? null : new(InputFormat.Csv, RecordCut.Lines);

    /// <summary>
    /// A line that is a whole record by itself decides for lines. Without one, an object that goes on past its line, or a list, is a document;
    /// so is a first line longer than the sample if it is OpenTelemetry, whose documents are commonly one line.
    /// </summary>
    private static RecognisedFormat? RecogniseJson(ReadOnlySpan<byte> text)
    {
        RecognisedFormat? guess = null;
        for (var rest = text.TrimStart(Blank); !rest.IsEmpty; rest = AfterLine(rest))
        {
            if (rest[0] == '[' && guess is null && FormatOf(ReadMembers(rest).Record) is { } listed)
            {
                return new(listed, RecordCut.Document);
            }

            if (rest[0] == '{')
            {
                if (RecogniseLine(rest) is { } line)
                {
                    return line;
                }

                guess ??= RecogniseObject(rest);
            }
        }

        return guess;
    }

    private static RecognisedFormat? RecogniseLine(ReadOnlySpan<byte> text)
    {
        var end = text.IndexOf((byte)'\n');
        var seen = ReadMembers(end < 0 ? text : text[..end]);
        if (!seen.Complete && end >= 0)
        {
            return null;
        }

        var cutLine = !seen.Complete && seen.Record.HasFlag(Members.ResourceSpans);
        return FormatOf(seen.Record) is { } format ? new(format, cutLine ? RecordCut.Document : RecordCut.Lines) : RecognisePage(seen);
    }

    private static RecognisedFormat? RecogniseObject(ReadOnlySpan<byte> text)
    {
        var seen = ReadMembers(text);
        return FormatOf(seen.Record) is { } format ? new(format, RecordCut.Document) : RecognisePage(seen);
    }

    private static RecognisedFormat? RecognisePage(Sighting seen) =>
        FormatOf(seen.Page) is { } format ? new(format, RecordCut.Pages) : null;

    private static ReadOnlySpan<byte> AfterLine(ReadOnlySpan<byte> text)
    {
        var end = text.IndexOf((byte)'\n');
        return end < 0 ? default : text[(end + 1)..].TrimStart(Blank);
    }

    private static InputFormat? FormatOf(Members members) => members switch
    {
        _ when members.HasFlag(Members.ResourceSpans) => InputFormat.OpenTelemetry,
        _ when members.HasFlag(Members.StartTime) && (members & (Members.RequestId | Members.ApiKey | Members.CallType)) != 0 => InputFormat.LiteLlm,
        _ when members.HasFlag(Members.Time) && (members & (Members.Account | Members.Model)) != 0 => InputFormat.Native,
        _ => null,
    };

    /// <summary>The known members of the first object, also of a first element; all that the text shows of them.</summary>
    private static Sighting ReadMembers(ReadOnlySpan<byte> text)
    {
        var seen = default(Sighting);
        var outside = text[0] == '[' ? 1 : 0;
        var inPage = false;
        var reader = new Utf8JsonReader(text, isFinalBlock: false, new(new() { MaxDepth = 1000 }));
        try
        {
            while (!seen.Complete && reader.Read())
            {
                var isName = reader.TokenType is JsonTokenType.PropertyName;
                var name = isName ? Find(reader.ValueSpan, reader.ValueIsEscaped) : Members.None;
                var depth = reader.CurrentDepth - outside;
                inPage = isName && depth == 1 ? name is Members.Data : inPage;
                seen = new(
                    depth == 1 ? seen.Record | name : seen.Record,
                    depth == 3 && inPage ? seen.Page | name : seen.Page,
                    depth == 0 && reader.TokenType is JsonTokenType.EndObject);
            }
        }
        catch (JsonException)
        {
            return seen;
        }

        return seen;
    }

    private static Members Find(ReadOnlySpan<byte> name, bool escaped)
    {
        Span<byte> plain = stackalloc byte[128];
        return !escaped ? Known.Find(name) : name.Length <= plain.Length ? Known.Find(plain[..JsonText.Unescape(name, plain)]) : Members.None;
    }

    /// <summary>What a sample shows of its first object.</summary>
    private readonly record struct Sighting(Members Record, Members Page, bool Complete);
}
