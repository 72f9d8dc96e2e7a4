using System.Collections.Concurrent;
using System.Collections.Immutable;
using Stillwatch.Evidence.Decisions;

namespace Stillwatch.Gateway.Policies.Switches;

/// <summary>Switches that stop a model, a region, an organisation or everything, streams under way included. Thread-safe.</summary>
/// <remarks>
/// Their state is a fold over the entries of the log (<see cref="SwitchDesk"/> writes them). A proposal is a dry run: it counts what the
/// switch would stop.
/// </remarks>
/// <param name="time">Clock.</param>
public sealed class KillSwitches(TimeProvider time)
{
    private readonly ConcurrentDictionary<SwitchPass, byte> _underWay = new();
    private readonly ConcurrentDictionary<SwitchScope, long> _wouldStop = new();
    private readonly Lock _gate = new();
    private readonly SwitchState _state = new();
    private ImmutableArray<SwitchSnapshot> _active = [];

    /// <summary>Requests under way.</summary>
    public int UnderWay => _underWay.Count;

    /// <summary>Every switch that is not off.</summary>
    public IReadOnlyList<SwitchSnapshot> Active =>
        [.. _active.Select(state => state.At(time.GetUtcNow())).Where(state => state.Phase != SwitchPhase.Off)];

    /// <summary>Admits a request, or stops it at once: <see cref="SwitchPass.StoppedBy"/> says so. Hot path.</summary>
    public SwitchPass Enter(SwitchTraffic traffic)
    {
        var pass = new SwitchPass(this, traffic);

        // First under way, then the look at the switches: whoever turns one on meanwhile sees the request, or is seen by it.
        _underWay.TryAdd(pass, 0);
        Interlocked.MemoryBarrier();
        foreach (var state in _active)
        {
            Meet(pass, state);
        }

        return pass;
    }

    /// <summary>How many requests a proposed switch would have stopped since it was proposed, those under way then included.</summary>
    public long WouldStop(SwitchScope scope) => _wouldStop.GetValueOrDefault(scope);

    /// <summary>Takes the next entry of the log; others than of switches, and what the rules do not allow, say nothing.</summary>
    public void Apply(DecisionEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        lock (_gate)
        {
            if (SwitchScope.Parse(entry.Subject) is not { } scope || !_state.Apply(entry))
            {
                return;
            }

            Effect(_state.Find(scope));
        }
    }

    internal bool Leave(SwitchPass pass) => _underWay.TryRemove(pass, out _);

    internal bool IsUnderWay(SwitchPass pass) => _underWay.ContainsKey(pass);

    private void Effect(SwitchSnapshot state)
    {
        if (state.Phase is SwitchPhase.DryRun)
        {
            _wouldStop[state.Scope] = 0;
        }

        ImmutableInterlocked.InterlockedExchange(ref _active, [.. _state.Switches.Where(other => other.Phase != SwitchPhase.Off)]);
        Interlocked.MemoryBarrier();
        foreach (var (pass, _) in _underWay)
        {
            Meet(pass, state);
        }
    }

    private void Meet(SwitchPass pass, SwitchSnapshot state)
    {
        if (!state.Scope.Covers(pass.Traffic) || state.At(time.GetUtcNow()).Phase == SwitchPhase.Off)
        {
            return;
        }

        if (state.IsStopping)
        {
            pass.Stop(state.Scope);
        }
        else
        {
            pass.Propose(state);
            _wouldStop.AddOrUpdate(state.Scope, 1, static (_, count) => count + 1);
        }
    }
}
