namespace Stillwatch.Evidence.Sharing.Stix.Patterns;

/// <summary>A constant of a pattern.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">The text between its quotes, unescaped; of a number its digits.</param>
public sealed record PatternLiteral(PatternLiteralKind Kind, string Text)
{
    /// <summary>A string.</summary>
    public static PatternLiteral Of(string text) => new(PatternLiteralKind.Text, text);
}
