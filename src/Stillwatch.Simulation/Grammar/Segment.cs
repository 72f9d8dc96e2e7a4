namespace Stillwatch.Simulation.Grammar;

/// <summary>A piece of one alternative of a production: literal text, a slot, or another production.</summary>
/// <param name="Kind">Which of the three.</param>
/// <param name="Target">The slot or the production's number; unused for literals.</param>
/// <param name="Literal">The text in UTF-8; empty but for literals.</param>
/// <param name="Capital">Whether the first letter of what is written becomes a capital.</param>
internal readonly record struct Segment(SegmentKind Kind, int Target, byte[] Literal, bool Capital);
