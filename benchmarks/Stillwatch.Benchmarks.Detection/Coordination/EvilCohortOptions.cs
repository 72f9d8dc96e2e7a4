namespace Stillwatch.Benchmarks.Detection.Coordination;

/// <summary>How <see cref="EvilCohort"/> looks.</summary>
internal sealed record EvilCohortOptions
{
    /// <summary>The fewest addresses that linked accounts share, the paper's s. Default 10, which we could not check in its text.</summary>
    public int MinShared { get; init; } = 10;

    /// <summary>The fewest accounts of a community. Default 8, what the product asks of a group.</summary>
    public int MinCommunity { get; init; } = 8;

    /// <summary>Addresses with more accounts link nobody: they bound the cost, which grows with the square. Default 2,000.</summary>
    public int MaxAccounts { get; init; } = 2000;
}
