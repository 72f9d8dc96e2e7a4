namespace Stillwatch.Evidence.Sharing.Stix.Patterns;

/// <summary>What a constant of a pattern is (STIX 2.1, 9.3).</summary>
public enum PatternLiteralKind
{
    /// <summary>Text in quotes.</summary>
    Text,

    /// <summary>A whole number.</summary>
    WholeNumber,

    /// <summary>A number with a point.</summary>
    DecimalNumber,

    /// <summary>true or false.</summary>
    Boolean,

    /// <summary>Bytes in hexadecimal digits.</summary>
    Hex,

    /// <summary>Bytes in base64.</summary>
    Binary,

    /// <summary>A time.</summary>
    Timestamp,
}
