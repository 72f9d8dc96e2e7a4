namespace Stillwatch.Benchmarks.Detection.Coordination;

/// <summary>How <see cref="CopyCatch"/> looks. The defaults are the parameters with which StarScout searched GitHub.</summary>
internal sealed record CopyCatchOptions
{
    /// <summary>How far from an object's centre an action may be. Default 15 days.</summary>
    public TimeSpan MaxApart { get; init; } = TimeSpan.FromDays(15);

    /// <summary>The fewest accounts of a group, and of an object to begin from. Default 50.</summary>
    public int MinAccounts { get; init; } = 50;

    /// <summary>The number of objects of a group. Default 10.</summary>
    public int Objects { get; init; } = 10;

    /// <summary>The share of the group's objects on which a member acted in time. Default 0.5.</summary>
    public double MinShare { get; init; } = 0.5;

    /// <summary>How many times <see cref="Objects"/> the centres of are kept between rounds. Default 2.</summary>
    public double Relaxation { get; init; } = 2;

    /// <summary>Rounds. Default 10.</summary>
    public int Rounds { get; init; } = 10;

    /// <summary>Objects with more accounts are no beginnings: they bound the cost. Default 2,000.</summary>
    public int MaxSeedAccounts { get; init; } = 2000;
}
