using Stillwatch.Coordination;

namespace Stillwatch.Hunting;

/// <summary>A value that members share.</summary>
/// <param name="Kind">What kind of value.</param>
/// <param name="Label">Its text where the store has it (an address, a pseudonym), else a short form of its fingerprint.</param>
/// <param name="Members">How many members use it.</param>
/// <param name="Parties">How many parties of the whole log use it.</param>
public sealed record PictureValue(SharedValueKind Kind, string Label, int Members, int Parties);
