namespace Stillwatch.Evidence.Sharing.PrivateMatching.Matching;

/// <summary>What a matching found.</summary>
/// <param name="Matches">By account and kind.</param>
/// <param name="TooFewReporters">How many own values some labs reported, but fewer than needed; which ones is not told.</param>
public sealed record TokenMatches(IReadOnlyList<TokenMatch> Matches, int TooFewReporters);
