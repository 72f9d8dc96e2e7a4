namespace Stillwatch.Evidence.Sharing.Stix.Objects;

/// <summary>A phase of an attack (STIX 2.1, 2.11).</summary>
/// <param name="KillChainName">Whose phases.</param>
/// <param name="PhaseName">The phase.</param>
public sealed record KillChainPhase(string KillChainName, string PhaseName);
