using Stillwatch.Interactions;

namespace Stillwatch.Simulation;

/// <summary>The truth about one account.</summary>
/// <param name="Account">The account.</param>
/// <param name="Campaign">Its campaign; null for a benign account.</param>
/// <param name="Class">The benign class or the campaign's family, in snake case.</param>
/// <param name="Interactions">Its lines in the log.</param>
/// <param name="CampaignInteractions">Those of them that serve the campaign.</param>
public sealed record SimulatedLabel(AccountId Account, string? Campaign, string Class, int Interactions, int CampaignInteractions);
