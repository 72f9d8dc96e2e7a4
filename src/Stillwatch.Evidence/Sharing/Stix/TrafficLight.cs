namespace Stillwatch.Evidence.Sharing.Stix;

/// <summary>How far what is shared may go on: the Traffic Light Protocol 2.0 (FIRST, August 2022), from wide to narrow.</summary>
public enum TrafficLight
{
    /// <summary>Anywhere.</summary>
    Clear,

    /// <summary>Within the community.</summary>
    Green,

    /// <summary>Within the recipient's organization and to its clients, on a need to know.</summary>
    Amber,

    /// <summary>Within the recipient's organization only. What is shared between competitors has this unless more is allowed.</summary>
    AmberStrict,

    /// <summary>To the individual recipients only.</summary>
    Red,
}
