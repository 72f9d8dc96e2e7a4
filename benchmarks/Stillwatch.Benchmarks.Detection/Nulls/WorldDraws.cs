using Stillwatch.Statistics;

namespace Stillwatch.Benchmarks.Detection.Nulls;

/// <summary>The draws that decide a world. A mutable value, passed by reference.</summary>
/// <param name="generator">The stream.</param>
internal struct WorldDraws(SeededGenerator generator)
{
    private SeededGenerator _generator = generator;

    /// <summary>True with a probability.</summary>
    public bool Chance(double probability) => _generator.NextDouble() < probability;

    /// <summary>Uniform from a number up to below another.</summary>
    public double Between(double low, double high) => low + ((high - low) * _generator.NextDouble());

    /// <summary>A uniform integer from 0 to below the bound.</summary>
    public int Below(int bound) => _generator.Next(bound);
}
