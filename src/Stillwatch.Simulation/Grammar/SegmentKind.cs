namespace Stillwatch.Simulation.Grammar;

/// <summary>What a <see cref="Segment"/> stands for.</summary>
internal enum SegmentKind
{
    Literal,
    Slot,
    Production,
}
