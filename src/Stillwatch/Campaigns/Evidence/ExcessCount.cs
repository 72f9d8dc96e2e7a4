namespace Stillwatch.Campaigns.Evidence;

/// <summary>How much the members of a group have in common beside what chance would give as many random accounts.</summary>
/// <param name="Excess">What was counted; at least 0.</param>
/// <param name="RandomExcess">What the count is on average for random accounts; at least 0.</param>
public readonly record struct ExcessCount(long Excess, double RandomExcess);
