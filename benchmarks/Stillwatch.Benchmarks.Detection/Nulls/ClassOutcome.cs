namespace Stillwatch.Benchmarks.Detection.Nulls;

/// <summary>What happened to the benign accounts of one class in one world.</summary>
/// <param name="Class">The class.</param>
/// <param name="Accounts">Its accounts.</param>
/// <param name="Acted">Those that were restricted or blocked.</param>
/// <param name="Flagged">Those with any verdict, review included.</param>
internal sealed record ClassOutcome(string Class, long Accounts, long Acted, long Flagged);
