namespace Stillwatch.Evidence.Sharing.Stix.Patterns;

/// <summary>A token of a pattern.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">The text as it stands, for a literal what is between its quotes, unescaped.</param>
/// <param name="Position">Where it begins.</param>
internal readonly record struct PatternToken(PatternTokenKind Kind, string Text, int Position)
{
    /// <summary>Whether it is this symbol or keyword.</summary>
    public bool Is(string text) => Kind is PatternTokenKind.Symbol or PatternTokenKind.Word && Text == text;

    /// <summary>How an error names it.</summary>
    public string Shown => Kind == PatternTokenKind.End ? "the end of the pattern" : $"'{(Text.Length > 40 ? Text[..40] + "…" : Text)}'";
}
