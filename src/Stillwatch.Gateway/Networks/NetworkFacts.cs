namespace Stillwatch.Gateway.Networks;

/// <summary>What is known of the network that an address belongs to.</summary>
/// <param name="AutonomousSystem">Number of the autonomous system that announces it; 0 where unknown.</param>
/// <param name="Country">Where it is, ISO 3166-1 alpha-2; null where unknown.</param>
/// <param name="Class">The kind of network, as the operator's file calls it; null where unknown.</param>
public readonly record struct NetworkFacts(uint AutonomousSystem, string? Country, string? Class);
