namespace Stillwatch.Simulation.Networks;

/// <summary>One autonomous system and the made-up address blocks it announces.</summary>
/// <param name="Kind">What its addresses are used for.</param>
/// <param name="Country">ISO 3166-1 alpha-2.</param>
/// <param name="AutonomousSystem">Its number.</param>
/// <param name="FirstBlock">Number of its first block of 65,536 addresses; blocks of networks do not overlap.</param>
/// <param name="Blocks">How many blocks follow.</param>
internal sealed record Network(NetworkKind Kind, string Country, uint AutonomousSystem, int FirstBlock, int Blocks)
{
    /// <summary>Addresses of the network.</summary>
    public uint Capacity => (uint)Blocks << 16;
}
