namespace Stillwatch.Simulation.Scenarios;

/// <summary>How a campaign's exchanges are divided among its accounts.</summary>
public enum LoadBalance
{
    /// <summary>Nearly equal parts.</summary>
    Even,

    /// <summary>Parts that differ by a factor of two or three.</summary>
    Random,

    /// <summary>A few accounts carry most.</summary>
    Skewed,
}
