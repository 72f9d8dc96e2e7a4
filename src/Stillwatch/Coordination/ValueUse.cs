namespace Stillwatch.Coordination;

/// <summary>One account's use of one shared value.</summary>
/// <param name="Value">Index of the value in its <see cref="SharingGraph"/>.</param>
/// <param name="Load">Rarity of the value times the root of the share of the account's interactions that carry it, in [0, 1] after
/// normalisation.</param>
public readonly record struct ValueUse(int Value, float Load);
