using Stillwatch.Benchmarks.Detection.Commands;
using Stillwatch.Simulation;
using Stillwatch.Simulation.Scenarios;

namespace Stillwatch.Benchmarks.Detection.Worlds;

/// <summary>Worlds of the product's own simulator: text from its grammar, at any volume.</summary>
internal sealed class SimulatedWorlds : IWorldSource
{
    /// <inheritdoc/>
    public string Name => "simulator";

    /// <inheritdoc/>
    public bool HasSpecialists => false;

    /// <inheritdoc/>
    public Task MakeAsync(IScenario scenario, ulong seed, string directory, CancellationToken cancellation)
    {
        var reading = ScenarioReader.Read(scenario.ToJson());
        if (reading.Scenario is not { } read)
        {
            throw new UnusableException($"The simulator refuses {scenario.Name}: {string.Join("; ", reading.Errors)}");
        }

        var traffic = SimulatedTraffic.Create(read, new() { Seed = seed }, cancellation);
        return Task.Run(() => new SimulationWriter(traffic).Write(directory, null, cancellation), cancellation);
    }
}
