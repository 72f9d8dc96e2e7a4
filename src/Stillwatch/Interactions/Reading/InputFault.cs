using System.Globalization;
using System.Text;

namespace Stillwatch.Interactions.Reading;

/// <summary>One thing wrong with the input. Never carries text of a prompt or reply.</summary>
/// <param name="File">The input's name.</param>
/// <param name="Position">Where the record stands.</param>
/// <param name="Member">The member at fault as a dotted path; empty where it is the record as a whole.</param>
/// <param name="Reason">What is wrong.</param>
/// <param name="Detail">The value at fault or what was found instead, printable and short; null where there is no more to say.</param>
public sealed record InputFault(string File, RecordPosition Position, string Member, InputFaultReason Reason, string? Detail)
{
    private const int MaxDetail = 80;

    /// <summary>The sentence for people: file, line, member, what is wrong, what is accepted.</summary>
    public override string ToString()
    {
        var text = new StringBuilder(File);
        if (Position.Line > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $":{Position.Line}");
        }

        text.Append(": ");
        if (Member.Length > 0)
        {
            text.Append(Member).Append(": ");
        }

        text.Append(Describe(Reason));
        return (Detail is null ? text : text.Append(" (").Append(Detail).Append(')')).ToString();
    }

    /// <summary>Makes a value of the input fit to be shown: control characters replaced, cut at 80 characters.</summary>
    internal static string Printable(ReadOnlySpan<byte> value)
    {
        var cut = value.Length > MaxDetail;
        var text = Encoding.UTF8.GetString(cut ? value[..MaxDetail] : value).ToCharArray();
        for (var i = 0; i < text.Length; i++)
        {
            text[i] = char.IsControl(text[i]) || char.IsSurrogate(text[i]) ? '\uFFFD' : text[i];
        }

        return "\"" + new string(text) + (cut ? "…\"" : "\"");
    }

    private static string Describe(InputFaultReason reason) => reason switch
    {
        InputFaultReason.InvalidJson => "not valid JSON",
        InputFaultReason.InvalidUtf8 => "not valid UTF-8",
        InputFaultReason.NotAnObject => "not a JSON object",
        InputFaultReason.NestedTooDeep => "nested too deep",
        InputFaultReason.LineTooLong => "longer than the limit for one record; raise it with --max-line",
        InputFaultReason.Missing => "required, but absent or null",
        InputFaultReason.Empty => "required, but empty",
        InputFaultReason.WrongType => "wrong type of value",
        InputFaultReason.Malformed => "malformed value",
        InputFaultReason.OutOfRange => "value out of range",
        InputFaultReason.ControlCharacter => "holds a control character",
        InputFaultReason.TooLong => "longer than its limit",
        InputFaultReason.FieldCount => "another number of fields than the header",
        InputFaultReason.MalformedQuoting => "malformed quoting",
        InputFaultReason.Truncated => "the compressed data end too early; what came before was read",
        InputFaultReason.Corrupt => "the compressed data are corrupt; what came before was read",
        InputFaultReason.Unsupported => "not readable as a log",
        InputFaultReason.Unreadable => "cannot be read; what came before counts",
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, null),
    };
}
