namespace Stillwatch.Interactions.Formats;

/// <summary>
/// A field and how good a source of it a member is: of several members for one field, the one of the highest rank counts.
/// </summary>
/// <param name="Field">What the member holds.</param>
/// <param name="Rank">From 1; 0 only for no field.</param>
internal readonly record struct RankedField(LogField Field, byte Rank);
