using Stillwatch.Benchmarks.Detection.Worlds;

namespace Stillwatch.Benchmarks.Detection.Evasion;

/// <summary>The same world hunted with all texts kept and with sketches only.</summary>
internal sealed record SketchOutcome : IMeasured
{
    /// <inheritdoc/>
    public required string Setting { get; init; }

    /// <inheritdoc/>
    public required ulong Seed { get; init; }

    /// <summary>With the texts.</summary>
    public required WorldOutcome Full { get; init; }

    /// <summary>With sketches only.</summary>
    public required WorldOutcome Sketch { get; init; }

    /// <summary>Whether both hunts' findings are the same, byte for byte.</summary>
    public required bool Same { get; init; }
}
