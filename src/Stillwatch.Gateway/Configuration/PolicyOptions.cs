using Stillwatch.Gateway.Policies;

namespace Stillwatch.Gateway.Configuration;

/// <summary>Access policies.</summary>
/// <param name="InForce">What decides; null where everything that keys allow is let through.</param>
/// <param name="DryRun">What is asked beside it and only noted; null for nothing.</param>
public sealed record PolicyOptions(PolicyFile? InForce, PolicyFile? DryRun);
