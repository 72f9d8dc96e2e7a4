namespace Stillwatch.Coordination;

/// <summary>That an account used a value: the input of a <see cref="SharingGraph"/>.</summary>
/// <param name="Account">Index of the account.</param>
/// <param name="Kind">What kind of value.</param>
/// <param name="Hash">Identity of the value within its kind.</param>
/// <param name="Share">Share of the account's interactions that carry it, in (0, 1].</param>
public readonly record struct ValueSighting(int Account, SharedValueKind Kind, ulong Hash, float Share);
