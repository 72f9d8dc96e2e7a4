namespace Stillwatch.Gateway.Policies.Values;

/// <summary>The type of a value.</summary>
public enum PolicyValueKind
{
    /// <summary>No value: evaluation failed, and why.</summary>
    Error,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>A whole number of 64 bits; sums and products that do not fit are errors.</summary>
    Long,

    /// <summary>Text.</summary>
    String,

    /// <summary>The name of an entity.</summary>
    Entity,

    /// <summary>Values without order or repetition.</summary>
    Set,

    /// <summary>Values by name.</summary>
    Record,

    /// <summary>An address or a range of addresses.</summary>
    Ip,

    /// <summary>A number with four digits after the point.</summary>
    Decimal,

    /// <summary>A moment, in milliseconds.</summary>
    Datetime,

    /// <summary>A length of time, in milliseconds.</summary>
    Duration,
}
