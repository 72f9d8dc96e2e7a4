namespace Stillwatch.Benchmarks.Detection.Nulls;

/// <summary>What a hunt made of one world.</summary>
internal sealed record NullOutcome
{
    /// <summary>Names the world among those of a seed, or the log.</summary>
    public required string Name { get; init; }

    /// <summary>Seed of the worlds; 0 for a log.</summary>
    public required ulong Seed { get; init; }

    /// <summary>What the world is for.</summary>
    public required WorldKind Kind { get; init; }

    /// <summary>Whether a model is released in it; null where nobody knows.</summary>
    public bool? HasRelease { get; init; }

    /// <summary>Whether there is a public holiday in it; null where nobody knows.</summary>
    public bool? HasHoliday { get; init; }

    /// <summary>Whether prompts go viral in it; null where nobody knows.</summary>
    public bool? HasWave { get; init; }

    /// <summary>Family of the planted campaign of a control.</summary>
    public string? Family { get; init; }

    /// <summary>Interactions of the log.</summary>
    public required long Interactions { get; init; }

    /// <summary>Reported campaigns.</summary>
    public required int Reported { get; init; }

    /// <summary>Reported campaigns of which most accounts are benign.</summary>
    public required int False { get; init; }

    /// <summary>Whether half of the planted campaign is in one reported campaign.</summary>
    public bool Found { get; init; }

    /// <summary>Accounts of the planted campaign.</summary>
    public long Guilty { get; init; }

    /// <summary>Those of them that were restricted or blocked.</summary>
    public long GuiltyActed { get; init; }

    /// <summary>Benign accounts by class.</summary>
    public required IReadOnlyList<ClassOutcome> Benign { get; init; }

    /// <summary>Every group that was examined.</summary>
    public required IReadOnlyList<GroupReading> Groups { get; init; }

    /// <summary>False-discovery proportion: the share of the reported campaigns that is false, 0 where nothing is reported.</summary>
    public double FalseDiscoveryProportion => Reported == 0 ? 0 : (double)False / Reported;
}
