namespace Stillwatch.Simulation.Networks;

/// <summary>An address in few bytes: a network and a host number in it. <c>default</c> is no address.</summary>
/// <param name="Network">1 + index into <see cref="NetworkCatalogue.Networks"/>; 0 for none.</param>
/// <param name="Host">Number of the host, taken modulo the capacity of the network.</param>
/// <param name="IsIPv6">Whether the host speaks IPv6, each subscriber with a network of its own.</param>
internal readonly record struct AddressSlot(byte Network, bool IsIPv6, uint Host)
{
    public bool Exists => Network > 0;
}
