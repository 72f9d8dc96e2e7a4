namespace Stillwatch.Gateway.Policies.Language;

/// <summary>Cuts a text into tokens. What is no token becomes a fault and is passed over.</summary>
internal static class Lexer
{
    private static readonly string[] Signs =
    [
        "==", "!=", "<=", ">=", "&&", "||", "::", "<", ">", "!", "+", "-", "*", "(", ")", "{", "}", "[", "]", ",", ";", ".", ":", "@", "?",
    ];

    public static List<Token> Tokens(string text, FaultLines faults)
    {
        List<Token> tokens = [];
        for (var at = 0; at < text.Length;)
        {
            if (char.IsWhiteSpace(text[at]))
            {
                at++;
            }
            else if (text.AsSpan(at).StartsWith("//", StringComparison.Ordinal))
            {
                var end = text.IndexOf('\n', at);
                at = end < 0 ? text.Length : end;
            }
            else
            {
                at = Add(text, at, tokens, faults);
            }
        }

        tokens.Add(new(TokenKind.End, "", text.Length));
        return tokens;
    }

    public static bool IsName(string text) =>
        text.Length > 0 && IsNameStart(text[0]) && text.All(static letter => IsNameStart(letter) || char.IsAsciiDigit(letter));

    private static int Add(string text, int at, List<Token> tokens, FaultLines faults)
    {
        var letter = text[at];
        if (letter == '"')
        {
            return AddString(text, at, tokens, faults);
        }

        var end = at;
        if (IsNameStart(letter) || char.IsAsciiDigit(letter))
        {
            var isNumber = char.IsAsciiDigit(letter);
            while (end < text.Length && (char.IsAsciiDigit(text[end]) || (!isNumber && IsNameStart(text[end]))))
            {
                end++;
            }

            tokens.Add(new(isNumber ? TokenKind.Number : TokenKind.Word, text[at..end], at));
            return end;
        }

        if (Array.Find(Signs, sign => string.CompareOrdinal(text, at, sign, 0, sign.Length) == 0) is { } found)
        {
            tokens.Add(new(TokenKind.Sign, found, at));
            return at + found.Length;
        }

        faults.Add(at, $"'{letter}' is no part of the language.");
        return at + 1;
    }

    private static int AddString(string text, int at, List<Token> tokens, FaultLines faults)
    {
        for (var end = at + 1; end < text.Length; end++)
        {
            if (text[end] == '"')
            {
                tokens.Add(new(TokenKind.String, text[(at + 1)..end], at));
                return end + 1;
            }

            end += text[end] == '\\' ? 1 : 0;
        }

        faults.Add(at, "A text has no closing quotation mark.");
        return text.Length;
    }

    private static bool IsNameStart(char letter) => char.IsAsciiLetter(letter) || letter == '_';
}
