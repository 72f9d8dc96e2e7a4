namespace Stillwatch.Gateway.Policies;

/// <summary>What the policies say of a request.</summary>
/// <param name="IsAllowed">Some policy permits it and none forbids it.</param>
/// <param name="Reasons">The policies that decided: all that permit, or all that forbid; none if nothing permits.</param>
/// <param name="Errors">Policies that did not count.</param>
public sealed record PolicyDecision(bool IsAllowed, IReadOnlyList<string> Reasons, IReadOnlyList<PolicyError> Errors);
