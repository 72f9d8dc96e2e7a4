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
    }

    private static readonly MemberTable<Members> Known = new(
        ("time", Members.Time), ("account", Members.Account), ("model", Members.Model), ("request_id", Members.RequestId),
        ("startTime", Members.StartTime), ("api_key", Members.ApiKey), ("call_type", Members.CallType),
        ("resourceSpans", Members.ResourceSpans), ("resource_spans", Members.ResourceSpans));

    /// <summary>The format and how records are cut; null if no format is recognised.</summary>
    /// <param name="text">The first bytes, at most <see cref="SampleBytes"/>, without a byte order mark.</param>
    /// <param name="demanded">The format the user says it is, or <see cref="InputFormat.Auto"/>.</param>
    /// <param name="columns">Which columns of tables are known.</param>
    public static (InputFormat Format, bool IsDocument)? Recognise(ReadOnlySpan<byte> text, InputFormat demanded, ColumnMapping columns)
    {
        if (demanded is InputFormat.Parquet || text.StartsWith("PAR1"u8) && demanded is InputFormat.Auto)
        {
            return (InputFormat.Parquet, false);
        }

        if (demanded is InputFormat.Csv)
        {
            return (demanded, false);
        }

        var recognised = RecogniseJson(text);
        if (demanded is not InputFormat.Auto)
        {
            return (demanded, recognised?.IsDocument ?? text.TrimStart(" \t\r\n"u8).StartsWith("["u8));
        }

        return recognised ?? (CsvLayout.Read(text, columns) is null ? null : (InputFormat.Csv, false));
    }

    /// <summary>The content without the byte order mark of UTF-8.</summary>
    public static ReadOnlySpan<byte> SkipMark(ReadOnlySpan<byte> text) => text.StartsWith("\uFEFF"u8) ? text[3..] : text;

    /// <summary>
    /// A line that is a whole record by itself decides for lines. Without one, an object that goes on past its line, or an array, is a document;
    /// so is a first line longer than the sample if it is OpenTelemetry, whose documents are commonly one line.
    /// </summary>
    private static (InputFormat Format, bool IsDocument)? RecogniseJson(ReadOnlySpan<byte> text)
    {
        (InputFormat, bool)? guess = null;
        for (var rest = text.TrimStart(" \t\r\n"u8); !rest.IsEmpty; rest = AfterLine(rest))
        {
            if (rest[0] == '[' && guess is null && FormatOf(ReadMembers(rest, out _)) is { } listed)
            {
                return (listed, true);
            }

            if (rest[0] == '{')
            {
                var end = rest.IndexOf((byte)'\n');
                if (FormatOf(ReadMembers(end < 0 ? rest : rest[..end], out var complete)) is { } format && (complete || end < 0))
                {
                    return (format, !complete && format is InputFormat.OpenTelemetry);
                }

                guess ??= FormatOf(ReadMembers(rest, out _)) is { } spread ? (spread, true) : null;
            }
        }

        return guess;
    }

    private static ReadOnlySpan<byte> AfterLine(ReadOnlySpan<byte> text)
    {
        var end = text.IndexOf((byte)'\n');
        return end < 0 ? default : text[(end + 1)..].TrimStart(" \t\r\n"u8);
    }

    private static InputFormat? FormatOf(Members members) => members switch
    {
        _ when members.HasFlag(Members.ResourceSpans) => InputFormat.OpenTelemetry,
        _ when members.HasFlag(Members.StartTime) && (members & (Members.RequestId | Members.ApiKey | Members.CallType)) != 0 => InputFormat.LiteLlm,
        _ when members.HasFlag(Members.Time) && (members & (Members.Account | Members.Model)) != 0 => InputFormat.Native,
        _ => null,
    };

    /// <summary>The known members of the first object, also of a first element; all that the text shows of them.</summary>
    private static Members ReadMembers(ReadOnlySpan<byte> text, out bool complete)
    {
        var found = Members.None;
        var outside = text[0] == '[' ? 1 : 0;
        var reader = new Utf8JsonReader(text, isFinalBlock: false, new(new() { MaxDepth = 1000 }));
        complete = false;
        try
        {
            while (!complete && reader.Read())
            {
                complete = reader.TokenType is JsonTokenType.EndObject && reader.CurrentDepth == outside;
                if (reader.TokenType is JsonTokenType.PropertyName && reader.CurrentDepth == outside + 1)
                {
                    found |= Find(reader.ValueSpan, reader.ValueIsEscaped);
                }
            }
        }
        catch (JsonException)
        {
            return found;
        }

        return found;
    }

    private static Members Find(ReadOnlySpan<byte> name, bool escaped)
    {
        Span<byte> plain = stackalloc byte[128];
        return !escaped ? Known.Find(name) : name.Length <= plain.Length ? Known.Find(plain[..JsonText.Unescape(name, plain)]) : Members.None;
    }
}
