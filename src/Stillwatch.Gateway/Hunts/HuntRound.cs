using Stillwatch.Campaigns;
using Stillwatch.Gateway.Responses;

namespace Stillwatch.Gateway.Hunts;

/// <summary>What one hunt found and what followed.</summary>
/// <param name="Findings">What it found.</param>
/// <param name="Plan">What followed.</param>
/// <param name="Read">Interactions that were read from logs before it.</param>
/// <param name="Rejected">Lines that were none, such as the one a gateway is writing.</param>
public sealed record HuntRound(Findings Findings, IReadOnlyList<PlannedResponse> Plan, long Read, long Rejected);
