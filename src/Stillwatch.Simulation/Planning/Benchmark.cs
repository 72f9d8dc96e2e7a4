using Stillwatch.Simulation.Randomness;

namespace Stillwatch.Simulation.Planning;

/// <summary>Public benchmarks: numbered items that everybody sends in the same order.</summary>
internal static class Benchmark
{
    /// <summary>How many benchmarks there are.</summary>
    public const int Count = 14;

    /// <summary>Items of a benchmark.</summary>
    public static int Size(ulong key) => (int)Math.Clamp(new RandomStream(key, StreamPurpose.Benchmark).LogNormal(240, 0.7), 40, 1500);
}
