using Stillwatch.Interactions;

namespace Stillwatch.Gateway.Networks;

/// <summary>Addresses from one to another, both included, and what is said of them.</summary>
/// <param name="First">The first.</param>
/// <param name="Last">The last, not before the first.</param>
/// <param name="Value">What is said; never 0.</param>
internal readonly record struct AddressRange(ClientAddress First, ClientAddress Last, uint Value);
