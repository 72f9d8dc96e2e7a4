namespace Stillwatch.Gateway.Policies.Language;

/// <summary>Reads tokens one after another.</summary>
internal sealed class TokenReader(IReadOnlyList<Token> tokens)
{
    private static readonly HashSet<string> Reserved =
        ["true", "false", "if", "then", "else", "in", "like", "has", "is", "__cedar"];

    private int _at;

    public Token Current => tokens[_at];

    public bool IsAtEnd => Current.Kind == TokenKind.End;

    public Token Next => tokens[Math.Min(_at + 1, tokens.Count - 1)];

    public Token Take()
    {
        var token = Current;
        _at += IsAtEnd ? 0 : 1;
        return token;
    }

    public bool IsSign(string sign) => Current.Kind == TokenKind.Sign && Current.Text == sign;

    public bool IsWord(string word) => Current.Kind == TokenKind.Word && Current.Text == word;

    public bool TakeIf(string text)
    {
        var isThere = (Current.Kind is TokenKind.Sign or TokenKind.Word) && Current.Text == text;
        if (isThere)
        {
            Take();
        }

        return isThere;
    }

    /// <exception cref="SyntaxException">Something else stands there.</exception>
    public Token Expect(string text) => IsSign(text) || IsWord(text) ? Take() : throw Unexpected($"'{text}'");

    /// <exception cref="SyntaxException">Something else stands there.</exception>
    public Token Expect(TokenKind kind, string what) => Current.Kind == kind ? Take() : throw Unexpected(what);

    /// <summary>A word that is no word of the language.</summary>
    /// <exception cref="SyntaxException">Something else stands there.</exception>
    public Token ExpectName() =>
        Current.Kind == TokenKind.Word && !Reserved.Contains(Current.Text) ? Take() : throw Unexpected("a name");

    /// <summary>Passes over the rest of a policy that cannot be read.</summary>
    public void SkipPolicy()
    {
        while (!IsAtEnd && !IsSign(";"))
        {
            Take();
        }

        TakeIf(";");
    }

    public SyntaxException Unexpected(string expected)
    {
        var found = Current.Kind switch
        {
            TokenKind.End => "the end of the text",
            TokenKind.String => $"\"{Current.Text}\"",
            _ => $"'{Current.Text}'",
        };
        return new(Current.Offset, $"{found} stands where {expected} is expected.");
    }
}
