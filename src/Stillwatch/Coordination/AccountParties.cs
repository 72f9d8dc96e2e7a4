namespace Stillwatch.Coordination;

/// <summary>Who belongs together by declaration.</summary>
/// <param name="Party">For each account the index of its organization, or of itself.</param>
/// <param name="Identity">For each account a stable identity.</param>
/// <param name="Count">How many parties there are.</param>
public sealed record AccountParties(int[] Party, ulong[] Identity, int Count);
