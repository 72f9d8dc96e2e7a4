namespace Stillwatch.Simulation.Scenarios;

/// <summary>A model on offer.</summary>
/// <param name="Name">As it appears in the log.</param>
/// <param name="Share">Relative share of the benign accounts that use it, not negative.</param>
/// <param name="Reasoning">Whether its replies contain hidden reasoning.</param>
public sealed record ScenarioModel(string Name, double Share, bool Reasoning);
