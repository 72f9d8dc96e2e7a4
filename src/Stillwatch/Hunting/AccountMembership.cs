using Stillwatch.Campaigns;

namespace Stillwatch.Hunting;

/// <summary>How an account came to its verdict.</summary>
/// <param name="Account">Index of the account.</param>
/// <param name="Verdict">What is advised.</param>
/// <param name="Place">The place of its part among those of the campaign, the strongest 0.</param>
/// <param name="Score">How much of what is typical of the part it shares; the average member shares 1.</param>
/// <param name="IsConfirmed">Whether its own content decided that it belongs.</param>
/// <param name="IsThinlySeen">Whether it shares too little to be near by that alone, but as much as its few interactions can show.</param>
internal sealed record AccountMembership(
    int Account, Verdict Verdict, int Place, double Score, bool IsConfirmed, bool IsThinlySeen);
