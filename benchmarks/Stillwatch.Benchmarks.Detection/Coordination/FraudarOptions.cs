namespace Stillwatch.Benchmarks.Detection.Coordination;

/// <summary>How <see cref="Fraudar"/> looks. The defaults are those of its published implementations.</summary>
internal sealed record FraudarOptions
{
    /// <summary>What is added to a column's degree before its logarithm is taken. Default 5.</summary>
    public double DegreeOffset { get; init; } = 5;

    /// <summary>How many blocks are looked for at most. Default 30; a bound on the work, not on what is found.</summary>
    public int MaxBlocks { get; init; } = 30;

    /// <summary>The search ends when a block's density differs from that of the block before by less. Default 0.01.</summary>
    public double MinChange { get; init; } = 0.01;
}
