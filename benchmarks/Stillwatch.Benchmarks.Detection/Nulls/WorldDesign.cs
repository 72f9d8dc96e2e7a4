using Stillwatch.Simulation.Scenarios;

namespace Stillwatch.Benchmarks.Detection.Nulls;

/// <summary>One simulated world before it is simulated.</summary>
/// <param name="Name">Names it among the worlds of a seed.</param>
/// <param name="Kind">What it is for.</param>
/// <param name="Scenario">Population, models, release, and in a control the campaign.</param>
/// <param name="Seed">Seed of the simulation.</param>
/// <param name="Holiday">A public holiday in it, if any.</param>
/// <param name="Wave">A wave of viral prompts in it, if any.</param>
internal sealed record WorldDesign(string Name, WorldKind Kind, Scenario Scenario, ulong Seed, Holiday? Holiday, PromptWave? Wave);
