namespace Stillwatch.Profiles;

/// <summary>One account's use of one way in.</summary>
/// <param name="Account">Index of the account.</param>
/// <param name="Address">Fingerprint of the client address.</param>
/// <param name="Network">Fingerprint of its network.</param>
/// <param name="Client">Fingerprint of autonomous system, TLS fingerprint, program and sampling parameters together.</param>
/// <param name="Interactions">How often.</param>
public readonly record struct ClientUse(int Account, ulong Address, ulong Network, ulong Client, long Interactions);
