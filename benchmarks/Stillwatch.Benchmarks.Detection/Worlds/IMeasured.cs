namespace Stillwatch.Benchmarks.Detection.Worlds;

/// <summary>A measurement of one world, kept in a file so that it need not be made again.</summary>
internal interface IMeasured
{
    /// <summary>What was measured, with everything that decides it but the seed and the code.</summary>
    string Setting { get; }

    /// <summary>The world's seed.</summary>
    ulong Seed { get; }
}
