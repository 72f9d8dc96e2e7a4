namespace Stillwatch.Gateway.Ownership.Sanctions;

/// <summary>A party on a list.</summary>
/// <param name="Id">Its number on the list.</param>
/// <param name="Name">Its name as listed.</param>
/// <param name="Kind">Entity, Individual, Vessel, Aircraft, as listed; empty if the list does not say.</param>
/// <param name="Programs">Under which programmes it is listed.</param>
/// <param name="Aliases">Other names.</param>
/// <param name="Identifiers">Numbers that name it.</param>
public sealed record SanctionsEntry(
    string Id,
    string Name,
    string Kind,
    IReadOnlyList<string> Programs,
    IReadOnlyList<string> Aliases,
    IReadOnlyList<SanctionsIdentifier> Identifiers);
