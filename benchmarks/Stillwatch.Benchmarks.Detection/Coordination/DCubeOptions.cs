namespace Stillwatch.Benchmarks.Detection.Coordination;

/// <summary>How <see cref="DCube"/> looks. The defaults are those of the authors' experiments, but for the number of blocks.</summary>
internal sealed record DCubeOptions
{
    /// <summary>What makes a block dense.</summary>
    public DensityMeasure Measure { get; init; } = DensityMeasure.Geometric;

    /// <summary>How the next mode is chosen.</summary>
    public DimensionPolicy Policy { get; init; } = DimensionPolicy.Density;

    /// <summary>Values of at most this many times the average mass go at once; at least 1. Default 1.</summary>
    public double MassThreshold { get; init; } = 1;

    /// <summary>How many blocks are looked for. Default 10: more than any log here has campaigns.</summary>
    public int Blocks { get; init; } = 10;
}
