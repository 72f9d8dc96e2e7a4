namespace Stillwatch.Coordination;

/// <summary>A value that several parties use.</summary>
/// <param name="Kind">What kind of value.</param>
/// <param name="Hash">Its identity within the kind.</param>
/// <param name="Parties">How many parties use it, at least 2.</param>
/// <param name="Weight">Natural logarithm of its rarity, ln(all parties / parties that use it), less for short phrases; 0 for popular
/// values.</param>
public readonly record struct SharedValue(SharedValueKind Kind, ulong Hash, int Parties, float Weight);
