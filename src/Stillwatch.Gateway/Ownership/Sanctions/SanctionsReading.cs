namespace Stillwatch.Gateway.Ownership.Sanctions;

/// <summary>A list as it was read.</summary>
/// <param name="List">What could be read.</param>
/// <param name="Faults">
/// What could not, a sentence each; a list with faults is to be looked at before it takes the place of another.
/// </param>
public sealed record SanctionsReading(SanctionsList List, IReadOnlyList<string> Faults);
