using Stillwatch.Interactions;
using Stillwatch.Simulation;

namespace Stillwatch.Benchmarks.Detection.Nulls;

/// <summary>
/// The traffic of a designed world: the simulator's, with the holiday and the wave of prompts that the simulator does not know.
/// </summary>
internal sealed class WorldTraffic
{
    private readonly SimulatedTraffic _traffic;
    private readonly HolidayAbsence? _absence;
    private readonly WorldDesign _design;
    private readonly HashSet<AccountId> _people;

    /// <param name="design">What to simulate.</param>
    /// <param name="cancellation">Ends the planning.</param>
    public WorldTraffic(WorldDesign design, CancellationToken cancellation)
    {
        _design = design;
        _traffic = SimulatedTraffic.Create(design.Scenario, new() { Seed = design.Seed }, cancellation);
        var classes = _traffic.Truth().ToDictionary(static account => account.Account, static account => account.Class!);
        _people = [.. classes.Where(static account => ViralPrompts.IsPrivate(account.Value)).Select(static account => account.Key)];
        _absence = design.Holiday is null ? null
            : new(design.Holiday, design.Scenario.Start.ToUnixTimeMilliseconds(), _traffic.Accounts(), classes);
    }

    /// <summary>The simulation, for its accounts and its truth.</summary>
    public SimulatedTraffic Simulation => _traffic;

    /// <summary>All interactions in order of time, in batches; equal designs give equal ones.</summary>
    public IEnumerable<IReadOnlyList<Interaction>> Interactions(CancellationToken cancellation)
    {
        var viral = _design.Wave is null ? null
            : new ViralPrompts(_design.Wave, _design.Scenario.Start.ToUnixTimeMilliseconds(), _people);
        foreach (var batch in _traffic.Interactions(cancellation))
        {
            var kept = _absence is null ? batch : [.. batch.Where(interaction => !_absence.IsAway(interaction))];
            yield return viral is null ? kept : [.. kept.Select(viral.Apply)];
        }
    }
}
