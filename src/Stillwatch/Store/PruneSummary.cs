namespace Stillwatch.Store;

/// <summary>What a prune did.</summary>
/// <param name="Before">Days before this one are gone.</param>
/// <param name="Days">How many days were dropped.</param>
/// <param name="Interactions">How many interactions they held.</param>
public sealed record PruneSummary(DateOnly Before, int Days, long Interactions);
