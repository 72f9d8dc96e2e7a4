namespace Stillwatch.Benchmarks.Detection.Coordination;

/// <summary>
/// How <see cref="SynchroTrap"/> looks. The defaults are those of its open implementation, but for the size of a cluster.
/// </summary>
internal sealed record SynchroTrapOptions
{
    /// <summary>Two actions match if they are no further apart. Default 300 s.</summary>
    public TimeSpan MaxApart { get; init; } = TimeSpan.FromSeconds(300);

    /// <summary>Two accounts are linked if their similarity is above. Default 0.05.</summary>
    public double MinSimilarity { get; init; } = 0.05;

    /// <summary>Two accounts are compared if they have together more actions than these. Default 2.</summary>
    public int MinUnion { get; init; } = 2;

    /// <summary>The fewest accounts of a cluster. Default 8, what the product asks of a group; no published value is known here.</summary>
    public int MinCluster { get; init; } = 8;
}
