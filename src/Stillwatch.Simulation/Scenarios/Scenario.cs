namespace Stillwatch.Simulation.Scenarios;

/// <summary>
/// What is simulated: a population, campaigns, and for how long. Immutable; read from JSON by <see cref="ScenarioReader"/>.
/// </summary>
public sealed record Scenario
{
    /// <summary>The longest scenario in days.</summary>
    public const int MaxDays = 366;

    /// <summary>The most accounts, benign and campaign together.</summary>
    public const int MaxAccounts = 20_000_000;

    /// <summary>The most interactions.</summary>
    public const long MaxInteractions = 20_000_000_000;

    /// <summary>A short name.</summary>
    public required string Name { get; init; }

    /// <summary>What it is for.</summary>
    public string Description { get; init; } = string.Empty;

    /// <summary>The first instant; a midnight in UTC.</summary>
    public required DateTimeOffset Start { get; init; }

    /// <summary>Length in days, 1 to <see cref="MaxDays"/>.</summary>
    public required int Days { get; init; }

    /// <summary>Models on offer, at least one.</summary>
    public required IReadOnlyList<ScenarioModel> Models { get; init; }

    /// <summary>A model that appears on the way, if any.</summary>
    public ModelRelease? Release { get; init; }

    /// <summary>Accounts of each benign class.</summary>
    public required IReadOnlyDictionary<BenignClass, int> Population { get; init; }

    /// <summary>
    /// Wished number of benign interactions; volumes of app, batch, agent and reseller are scaled to meet it, those of the others only
    /// where this is not enough. Null leaves every class its natural volume.
    /// </summary>
    public long? BenignInteractions { get; init; }

    /// <summary>The campaigns; may be empty.</summary>
    public IReadOnlyList<CampaignScenario> Campaigns { get; init; } = [];

    /// <summary>Multiplies the accounts and interactions of everybody; 0.0001 to 10,000. Default 1.</summary>
    public double Scale { get; init; } = 1;

    /// <summary>Multiplies the benign accounts and interactions only; 0.0001 to 10,000. Default 1.</summary>
    public double BackgroundMultiplier { get; init; } = 1;
}
