namespace Stillwatch.Simulation.Scenarios;

/// <summary>The release of a new model.</summary>
/// <param name="Model">One of the scenario's models; nobody uses it before.</param>
/// <param name="Day">Days from the start, with a fraction.</param>
/// <param name="BenignShare">Share of the benign accounts that take it up, half of them on the first day.</param>
public sealed record ModelRelease(string Model, double Day, double BenignShare);
