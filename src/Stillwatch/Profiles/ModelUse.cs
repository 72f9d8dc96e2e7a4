namespace Stillwatch.Profiles;

/// <summary>One account's use of one model.</summary>
/// <param name="Account">Index of the account.</param>
/// <param name="Model">Fingerprint of the model.</param>
/// <param name="Interactions">How often.</param>
/// <param name="FirstMs">First use, in milliseconds since 1970-01-01T00:00:00Z.</param>
public readonly record struct ModelUse(int Account, ulong Model, long Interactions, long FirstMs);
