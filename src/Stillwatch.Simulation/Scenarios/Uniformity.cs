namespace Stillwatch.Simulation.Scenarios;

/// <summary>How alike the programs or the request parameters of a campaign's accounts are.</summary>
public enum Uniformity
{
    /// <summary>All the same.</summary>
    One,

    /// <summary>One of three.</summary>
    Few,

    /// <summary>As different as those of strangers.</summary>
    Any,
}
