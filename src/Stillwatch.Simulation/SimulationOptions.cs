namespace Stillwatch.Simulation;

/// <summary>How a scenario is simulated.</summary>
public sealed record SimulationOptions
{
    /// <summary>The default of <see cref="Seed"/>.</summary>
    public const ulong DefaultSeed = 1;

    /// <summary>
    /// Decides everything that is left to chance: equal scenarios and seeds give equal bytes. Default <see cref="DefaultSeed"/>.
    /// </summary>
    public ulong Seed { get; init; } = DefaultSeed;

    /// <summary>Multiplies the accounts and interactions of everybody, besides the scenario's own factor. Default 1.</summary>
    public double Scale { get; init; } = 1;

    /// <summary>
    /// Only interactions of these hours of the scenario are generated, counted from its start; they are the same as without this bound.
    /// Accounts, truth and counts stay those of the whole scenario. Default all.
    /// </summary>
    public Range Hours { get; init; } = Range.All;

    /// <summary>Worker threads; does not change what is generated. Default: one a processor.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;
}
