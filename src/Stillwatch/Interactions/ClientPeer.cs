namespace Stillwatch.Interactions;

/// <summary>What is known of the network peer of one request. Every member may be missing.</summary>
/// <param name="Address">IPv4 or IPv6 address.</param>
/// <param name="AutonomousSystem">Number of the autonomous system that announces the address (RFC 6793: 32 bits); 0 where unknown.</param>
/// <param name="Country">ISO 3166-1 alpha-2, upper case.</param>
/// <param name="UserAgent">The User-Agent header as sent.</param>
/// <param name="Ja4">JA4 fingerprint of the TLS client hello.</param>
public readonly record struct ClientPeer(
    ClientAddress? Address, uint AutonomousSystem, string? Country, string? UserAgent, string? Ja4);
