using System.Diagnostics;
using System.Globalization;
using Stillwatch.Benchmarks.Detection.Commands;
using Stillwatch.Interactions;

namespace Stillwatch.Benchmarks.Detection.Worlds;

/// <summary>Hunts in worlds and compares with the truth; what the file of results knows is not made again.</summary>
/// <param name="settings">Source, seeds and results.</param>
internal sealed class WorldMeasurement(WorldSettings settings)
{
    private readonly OutcomeFile<WorldOutcome> _file = OutcomeFile<WorldOutcome>.Open(settings.Results);

    /// <summary>One outcome a seed.</summary>
    public async Task<IReadOnlyList<WorldOutcome>> HuntAsync(
        WorldScenario scenario, IReadOnlyList<ulong> seeds, CancellationToken cancellation)
    {
        var outcomes = new List<WorldOutcome>();
        foreach (var seed in seeds)
        {
            var setting = $"{settings.Source.Name}: {scenario.Name}";
            outcomes.Add(await _file.GetAsync(setting, seed, () => HuntAsync(setting, scenario, seed, cancellation)));
        }

        return outcomes;
    }

    private async Task<WorldOutcome> HuntAsync(string setting, WorldScenario scenario, ulong seed, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        var outcome = await settings.Hunt.WithWorldAsync(
            scenario,
            seed,
            async world => WorldOutcome.Of(
                setting,
                seed,
                await settings.Hunt.HuntAsync(world, ContentPolicy.Default, cancellation),
                await WorldHunt.TruthAsync(world, cancellation)),
            cancellation);
        CommandRun.Note(string.Create(
            CultureInfo.InvariantCulture,
            $"{setting}, seed {seed}: {outcome.GuiltyActed} of {outcome.Guilty} campaign accounts, {outcome.BenignActed} of "
            + $"{outcome.Benign} benign, {clock.Elapsed.TotalSeconds:0} s"));
        return outcome;
    }
}
