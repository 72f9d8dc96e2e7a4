using Stillwatch.Simulation.Scenarios;

namespace Stillwatch.Simulation.Planning;

/// <summary>A campaign as planned: its accounts lie in a row, and their parts of the work list do as well.</summary>
internal sealed class CampaignPlan
{
    /// <summary>The scenario's campaign at its scale.</summary>
    public required CampaignScenario Scenario { get; init; }

    /// <summary>The root of all its random streams.</summary>
    public required ulong Key { get; init; }

    /// <summary>Number of its first account.</summary>
    public required int FirstAccount { get; init; }

    /// <summary>How many accounts it uses, given-up ones included.</summary>
    public required int Accounts { get; init; }
}
