using System.Globalization;
using System.Text;

namespace Stillwatch.Gateway.Policies.Language;

/// <summary>Undoes the escapes of a text: <c>\n \r \t \0 \\ \' \" \x41 \u{1F600}</c>, and in patterns <c>\*</c>.</summary>
internal static class Escapes
{
    /// <summary>The text meant; null with a reason if an escape is none.</summary>
    public static string? Text(string escaped, out string fault) =>
        Parts(escaped, isPattern: false, out fault) is { } parts ? parts[0] : null;

    /// <summary>The parts between the stars of a pattern; null with a reason if an escape is none.</summary>
    public static IReadOnlyList<string>? Pattern(string escaped, out string fault) => Parts(escaped, isPattern: true, out fault);

    private static List<string>? Parts(string escaped, bool isPattern, out string fault)
    {
        List<string> parts = [];
        var part = new StringBuilder();
        fault = "";
        for (var at = 0; at < escaped.Length;)
        {
            if (escaped[at] == '*' && isPattern)
            {
                parts.Add(part.ToString());
                part.Clear();
                at++;
            }
            else if (escaped[at] != '\\')
            {
                part.Append(escaped[at++]);
            }
            else if (!Unescape(escaped, ref at, part, isPattern))
            {
                fault = "A backslash begins no escape here; \\n \\r \\t \\0 \\\\ \\' \\\" \\x41 \\u{1F600} are escapes.";
                return null;
            }
        }

        parts.Add(part.ToString());
        return parts;
    }

    private static bool Unescape(string escaped, ref int at, StringBuilder to, bool isPattern)
    {
        var letter = at + 1 < escaped.Length ? escaped[at + 1] : '\0';
        var plain = letter switch
        {
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            '0' => '\0',
            '\\' or '\'' or '"' => letter,
            '*' when isPattern => letter,
            _ => (char?)null,
        };
        if (plain is { } single && at + 1 < escaped.Length)
        {
            to.Append(single);
            at += 2;
            return true;
        }

        return letter == 'x' ? Hexadecimal(escaped, ref at, to) : letter == 'u' && CodePoint(escaped, ref at, to);
    }

    private static bool Hexadecimal(string escaped, ref int at, StringBuilder to)
    {
        if (at + 4 > escaped.Length
            || !byte.TryParse(escaped.AsSpan(at + 2, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code)
                || code > 0x7F)
        {
            return false;
        }

        to.Append((char)code);
        at += 4;
        return true;
    }

    private static bool CodePoint(string escaped, ref int at, StringBuilder to)
    {
        var end = escaped.IndexOf('}', at);
        if (at + 2 >= escaped.Length || escaped[at + 2] != '{' || end < 0 || end - at - 3 is < 1 or > 6
            || !int.TryParse(escaped.AsSpan(at + 3, end - at - 3), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture,
                out var code)
            || !Rune.IsValid(code))
        {
            return false;
        }

        to.Append(new Rune(code).ToString());
        at = end + 1;
        return true;
    }
}
