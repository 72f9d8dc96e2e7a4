namespace Stillwatch.Benchmarks.Detection.Coordination;

/// <summary>How <see cref="CatchSync"/> looks.</summary>
internal sealed record CatchSyncOptions
{
    /// <summary>How many standard deviations above the mean residual an account is reported. Default 3, the paper's.</summary>
    public double MinDeviations { get; init; } = 3;

    /// <summary>
    /// Accounts with fewer targets are not scored: with one target synchronicity is 1 whatever the account does. Default 3, ours.
    /// </summary>
    public int MinTargets { get; init; } = 3;

    /// <summary>Rounds of the power iteration for authority. Default 20, ours; the cells are powers of two wide.</summary>
    public int Rounds { get; init; } = 20;
}
