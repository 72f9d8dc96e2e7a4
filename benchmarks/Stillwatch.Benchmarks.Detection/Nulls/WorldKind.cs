namespace Stillwatch.Benchmarks.Detection.Nulls;

/// <summary>What a world is for.</summary>
internal enum WorldKind
{
    /// <summary>Simulated, without a campaign: whatever is reported is false.</summary>
    Null,

    /// <summary>Simulated, with one campaign, which must be found: a detector that reports nothing at all passes no test.</summary>
    Control,

    /// <summary>A log that was given, without a campaign.</summary>
    Given,
}
