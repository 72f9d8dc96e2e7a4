namespace Stillwatch.Evidence.Sharing.Stix.Patterns;

/// <summary>The tokens of the pattern grammar (STIXPattern.g4).</summary>
internal enum PatternTokenKind
{
    End,
    Word,
    HyphenatedWord,
    String,
    Integer,
    Float,
    Hex,
    Binary,
    Timestamp,
    Comparison,
    Symbol,
}
