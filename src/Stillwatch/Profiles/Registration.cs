namespace Stillwatch.Profiles;

/// <summary>What an account said when it registered, as the store keeps it. Texts are fingerprints; 0 is "unknown".</summary>
/// <param name="Account">The account's fingerprint.</param>
/// <param name="CreatedMs">When, in milliseconds since 1970-01-01T00:00:00Z.</param>
/// <param name="Organization">Declared organization.</param>
/// <param name="EmailDomain">Domain of the e-mail address.</param>
/// <param name="Payment">Payment instrument.</param>
/// <param name="Version">Of several registrations of an account the one with the highest version counts.</param>
internal readonly record struct Registration(
    ulong Account, long CreatedMs, ulong Organization, ulong EmailDomain, ulong Payment, ulong Version);
