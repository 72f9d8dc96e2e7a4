using System.Text.Json;
using Stillwatch.Interactions.Formats;

namespace Stillwatch.Interactions.Reading;

/// <summary>Tells the format of an input by the first bytes of its uncompressed content.</summary>
/// <remarks>
/// The first line that decides counts, so that a broken first line does not hide a good log: Parquet by its magic, JSON formats by the
/// names of the first object's members, tables by a header that names time, account and model.
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
        Model = 2,
        RequestId = 4,
        StartTime = 8,
        ApiKey = 16,
        CallType = 32,
        ResourceSpans = 64,
        Data = 128,
    }

    private static readonly MemberTable<Members> Known = new(
        ("time", Members.Time), ("model", Members.Model), ("request_id", Members.RequestId),
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
    /// A line that is a whole record by itself decides for lines. Without one, an object that goes on past its line, or a list, is a
    /// document; so is a line longer than the sample if it is OpenTelemetry, whose documents are commonly one line.
    /// </summary>
    private static RecognisedFormat? RecogniseJson(ReadOnlySpan<byte> text)
    {
        RecognisedFormat? guess = null;
        for (var rest = text.TrimStart(Blank); !rest.IsEmpty; rest = AfterLine(rest))
        {
            if (rest[0] == '[' && guess is null && RecogniseSpread(rest) is { } list)
            {
                return list;
            }

            if (rest[0] == '{')
            {
                var end = rest.IndexOf((byte)'\n');
                var seen = ReadMembers(end < 0 ? rest : rest[..end]);
                if ((seen.End is Ending.Whole || seen.End is Ending.Open && end < 0) && FormatOf(seen) is { } line)
                {
                    return line;
                }

                guess ??= seen.End is Ending.Open ? RecogniseSpread(rest) : FormatOf(seen);
            }
        }

        return guess;
    }

    /// <summary>An object or list over several lines.</summary>
    private static RecognisedFormat? RecogniseSpread(ReadOnlySpan<byte> text) => FormatOf(ReadMembers(text)) switch
    {
        { Cut: RecordCut.Lines } spread => spread with { Cut = RecordCut.Document },
        var other => other,
    };

    private static ReadOnlySpan<byte> AfterLine(ReadOnlySpan<byte> text)
    {
        var end = text.IndexOf((byte)'\n');
        return end < 0 ? default : text[(end + 1)..].TrimStart(Blank);
    }

    private static RecognisedFormat? FormatOf(Sighting seen)
    {
        if (FormatOf(seen.Record) is { } format)
        {
            var longLine = seen.End is Ending.Open && format is InputFormat.OpenTelemetry;
            return new(format, longLine ? RecordCut.Document : RecordCut.Lines);
        }

        return FormatOf(seen.Page) is { } paged ? new(paged, RecordCut.Pages) : null;
    }

    private static InputFormat? FormatOf(Members members) => members switch
    {
        _ when HasAny(members, Members.ResourceSpans) => InputFormat.OpenTelemetry,
        _ when HasAny(members, Members.StartTime) && HasAny(members, Members.RequestId | Members.ApiKey | Members.CallType) =>
            InputFormat.LiteLlm,
        _ when HasAny(members, Members.Time | Members.Model) => InputFormat.Native,
        _ => null,
    };

    private static bool HasAny(Members members, Members wanted) => (members & wanted) != 0;

    /// <summary>The known members of the first object, also of a first element; all that the text shows of them.</summary>
    private static Sighting ReadMembers(ReadOnlySpan<byte> text)
    {
        var seen = default(Sighting);
        var outside = text[0] == '[' ? 1 : 0;
        var inPage = false;
        var reader = new Utf8JsonReader(text, isFinalBlock: false, new(new() { MaxDepth = 1000 }));
        try
        {
            while (seen.End is not Ending.Whole && reader.Read())
            {
                var isName = reader.TokenType is JsonTokenType.PropertyName;
                var name = isName ? Find(reader.ValueSpan, reader.ValueIsEscaped) : Members.None;
                var depth = reader.CurrentDepth - outside;
                inPage = isName && depth == 1 ? name is Members.Data : inPage;
                seen = new(
                    depth == 1 ? seen.Record | name : seen.Record,
                    depth == 3 && inPage ? seen.Page | name : seen.Page,
                    depth == 0 && reader.TokenType is JsonTokenType.EndObject ? Ending.Whole : Ending.Open);
            }
        }
        catch (JsonException)
        {
            return seen with { End = Ending.Broken };
        }

        var more = !text[(int)reader.BytesConsumed..].Trim(Blank).IsEmpty;
        return seen.End is Ending.Whole && more ? seen with { End = Ending.Broken } : seen;
    }

    private static Members Find(ReadOnlySpan<byte> name, bool escaped)
    {
        if (!escaped)
        {
            return Known.Find(name);
        }

        Span<byte> plain = stackalloc byte[128];
        return name.Length <= plain.Length ? Known.Find(plain[..JsonText.Unescape(name, plain)]) : Members.None;
    }

    /// <summary>What a sample shows of its first object.</summary>
    /// <param name="Record">Members of the object itself.</param>
    /// <param name="Page">Members of the first object in its list <c>data</c>.</param>
    /// <param name="End">How the text ends.</param>
    private readonly record struct Sighting(Members Record, Members Page, Ending End);

    private enum Ending
    {
        /// <summary>Inside the object.</summary>
        Open,

        /// <summary>With the object.</summary>
        Whole,

        /// <summary>In what is no JSON, or more than the object.</summary>
        Broken,
    }
}
