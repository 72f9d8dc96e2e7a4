namespace Stillwatch.Benchmarks.Detection.Coordination;

/// <summary>From which mode D-Cube takes values away next.</summary>
internal enum DimensionPolicy
{
    /// <summary>The mode after whose turn the rest is densest.</summary>
    Density,

    /// <summary>The mode with most values left.</summary>
    Cardinality,
}
