namespace Stillwatch.Evidence.Sharing.PrivateMatching.Matching;

/// <summary>An own account of which enough labs reported a value.</summary>
/// <param name="Account">The account.</param>
/// <param name="Kind">What matched, never with whom.</param>
/// <param name="Reporters">How many labs reported it.</param>
public sealed record TokenMatch(string Account, string Kind, int Reporters);
