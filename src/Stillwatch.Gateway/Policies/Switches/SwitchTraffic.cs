namespace Stillwatch.Gateway.Policies.Switches;

/// <summary>What of a request a switch looks at.</summary>
/// <param name="Organisation">Whose it is.</param>
/// <param name="Model">The model.</param>
/// <param name="Region">The region.</param>
public readonly record struct SwitchTraffic(string Organisation, string Model, string Region);
