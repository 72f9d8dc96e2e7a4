using System.Text.RegularExpressions;

namespace Stillwatch.Evidence.Sharing.Stix.Patterns;

/// <summary>Cuts a pattern into tokens as STIXPattern.g4 has them. Linear in the length of the pattern.</summary>
internal static partial class PatternLexer
{
    private const string Blanks = " \t\r\n\u000B\u000C\u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
        + "\u2028\u2029\u202f\u205f\u3000";

    /// <exception cref="PatternSyntaxException">Something in the text is no token.</exception>
    public static List<PatternToken> Tokens(string pattern)
    {
        var tokens = new List<PatternToken>();
        for (var at = SkipBlanks(pattern, 0); at < pattern.Length; at = SkipBlanks(pattern, at))
        {
            var (token, end) = Next(pattern, at);
            tokens.Add(token);
            at = end;
        }

        tokens.Add(new PatternToken(PatternTokenKind.End, string.Empty, pattern.Length));
        return tokens;
    }

    private static int SkipBlanks(string pattern, int at)
    {
        while (at < pattern.Length)
        {
            if (Blanks.Contains(pattern[at], StringComparison.Ordinal))
            {
                at++;
            }
            else if (string.CompareOrdinal(pattern, at, "//", 0, 2) == 0)
            {
                var end = pattern.AsSpan(at).IndexOfAny('\r', '\n');
                at = end < 0 ? pattern.Length : at + end;
            }
            else if (string.CompareOrdinal(pattern, at, "/*", 0, 2) == 0
                && pattern.IndexOf("*/", at + 2, StringComparison.Ordinal) is >= 0 and var close)
            {
                at = close + 2;
            }
            else
            {
                break;
            }
        }

        return at;
    }

    private static (PatternToken Token, int End) Next(string pattern, int at)
    {
        var first = pattern[at];
        if (first == '\'' || (first is 'h' or 'b' or 't' && at + 1 < pattern.Length && pattern[at + 1] == '\''))
        {
            return Quoted(pattern, at);
        }

        var match = Unquoted().Match(pattern, at);
        if (!match.Success)
        {
            throw new PatternSyntaxException(at, $"'{first}' is not part of any token");
        }

        var kind = match.Groups switch
        {
            var groups when groups["float"].Success => PatternTokenKind.Float,
            var groups when groups["integer"].Success => PatternTokenKind.Integer,
            var groups when groups["word"].Success =>
                match.Value.Contains('-', StringComparison.Ordinal) ? PatternTokenKind.HyphenatedWord : PatternTokenKind.Word,
            var groups when groups["comparison"].Success => PatternTokenKind.Comparison,
            _ => PatternTokenKind.Symbol,
        };
        return (new PatternToken(kind, match.Value, at), at + match.Length);
    }

    private static (PatternToken Token, int End) Quoted(string pattern, int at)
    {
        var open = pattern[at] == '\'' ? at : at + 1;
        var end = open + 1;
        while (end < pattern.Length && pattern[end] != '\'')
        {
            end += pattern[end] == '\\' ? 2 : 1;
        }

        if (end >= pattern.Length)
        {
            throw new PatternSyntaxException(at, "a quote is opened and never closed");
        }

        var content = pattern[(open + 1)..end];
        return (Literal(pattern[at], content, at), end + 1);
    }

    private static PatternToken Literal(char prefix, string content, int at) => prefix switch
    {
        'h' when Hex().IsMatch(content) => new(PatternTokenKind.Hex, content, at),
        'b' when Base64().IsMatch(content) => new(PatternTokenKind.Binary, content, at),
        't' when StixTimestampShape().IsMatch(content) => new(PatternTokenKind.Timestamp, content, at),
        '\'' => new(PatternTokenKind.String, Unescape(content, at), at),
        _ => throw new PatternSyntaxException(at, $"{prefix}'{content}' is no {(prefix switch
        {
            'h' => "hexadecimal",
            'b' => "base64",
            _ => "timestamp",
        })} literal"),
    };

    /// <summary>A backslash stands only before a backslash or a quote.</summary>
    private static string Unescape(string content, int at)
    {
        for (var i = content.IndexOf('\\', StringComparison.Ordinal); i >= 0; i = content.IndexOf('\\', i + 2))
        {
            if (i + 1 >= content.Length || content[i + 1] is not ('\\' or '\''))
            {
                throw new PatternSyntaxException(at + i, "a backslash stands only before another one or a quote");
            }
        }

        return Escape().Replace(content, "$1");
    }

    [GeneratedRegex(@"\\([\\'])")]
    private static partial Regex Escape();

    [GeneratedRegex(@"\G(?:(?<float>[+-]?[0-9]*\.[0-9]+)|(?<integer>[+-]?(?:0|[1-9][0-9]*))|(?<word>[A-Za-z_][A-Za-z0-9_-]*)"
        + @"|(?<comparison>==|=|!=|<>|<=|<|>=|>)|(?<symbol>[\[\]().,:*]))")]
    private static partial Regex Unquoted();

    [GeneratedRegex(@"\A(?:[A-Fa-f0-9]{2})*\z")]
    private static partial Regex Hex();

    [GeneratedRegex(@"\A(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{4}|[A-Za-z0-9+/]{3}=|[A-Za-z0-9+/]{2}==)\z")]
    private static partial Regex Base64();

    [GeneratedRegex(@"\A[0-9]{4}-(?:0[1-9]|1[012])-(?:0[1-9]|[12][0-9]|3[01])T(?:[01][0-9]|2[0-3]):[0-5][0-9]:(?:[0-5][0-9]|60)"
        + @"(?:\.[0-9]+)?Z\z")]
    private static partial Regex StixTimestampShape();
}
