namespace Stillwatch.Simulation.Networks;

/// <summary>What an autonomous system's addresses are used for.</summary>
internal enum NetworkKind
{
    /// <summary>Homes and mobile phones.</summary>
    Residential,

    /// <summary>Rented servers.</summary>
    Hosting,

    /// <summary>The shared egress of serverless platforms: many customers leave through few addresses.</summary>
    Platform,

    /// <summary>Exits of VPN services.</summary>
    Exit,

    /// <summary>Universities and schools.</summary>
    Campus,
}
