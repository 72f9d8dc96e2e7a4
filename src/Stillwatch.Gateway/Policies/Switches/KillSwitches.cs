using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using Stillwatch.Evidence.Decisions;

namespace Stillwatch.Gateway.Policies.Switches;

/// <summary>Switches that stop a model, a region, an organisation or everything, streams under way included. Thread-safe.</summary>
/// <remarks>
/// A step is written to the log and takes effect when it is durable; if it cannot be written, nothing changes. A proposal is a dry run:
/// it counts what the switch would stop, and the count stands in the entry of whoever confirms. Turning on and lifting each take two
/// people.
/// </remarks>
public sealed class KillSwitches : IDisposable
{
    private readonly ConcurrentDictionary<SwitchPass, byte> _underWay = new();
    private readonly ConcurrentDictionary<SwitchScope, long> _wouldStop = new();
    private readonly SemaphoreSlim _turn = new(1);
    private readonly SwitchState _state = new();
    private readonly ISwitchLog _log;
    private readonly TimeProvider _time;
    private ImmutableArray<SwitchSnapshot> _active = [];
    private long _taken;

    /// <summary>Begins with what a log says.</summary>
    /// <param name="log">Where steps are written.</param>
    /// <param name="past">The log's entries, in their order; others than those of switches are passed over.</param>
    /// <param name="time">Clock.</param>
    public KillSwitches(ISwitchLog log, IEnumerable<DecisionEntry> past, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(past);
        (_log, _time) = (log, time);
        foreach (var entry in past)
        {
            _state.Apply(entry);
        }

        Publish();
    }

    /// <summary>Requests under way.</summary>
    public int UnderWay => _underWay.Count;

    /// <summary>Every switch that is not off.</summary>
    public IReadOnlyList<SwitchSnapshot> Active =>
        [.. _active.Select(state => state.At(_time.GetUtcNow())).Where(state => state.Phase != SwitchPhase.Off)];

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

    /// <summary>Takes a step.</summary>
    /// <param name="scope">Of which switch.</param>
    /// <param name="step">Which.</param>
    /// <param name="actor">The person's pseudonym.</param>
    /// <param name="reason">Why, in a sentence; it stays in the log.</param>
    /// <param name="until">For a proposal: when the switch goes off by itself; null for never.</param>
    /// <param name="cancellationToken">Ends the wait for one's turn; what is being written is waited for.</param>
    /// <returns>Null if it took effect, otherwise why it is impossible.</returns>
    public async Task<string?> TakeAsync(
        SwitchScope scope, SwitchStep step, string actor, string reason, DateTimeOffset? until, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var now = _time.GetUtcNow();
            if (SwitchRules.Fault(_state.Find(scope).At(now), step, actor) is { } fault)
            {
                return fault;
            }

            var body = new JsonObject { ["reason"] = reason, ["wouldStop"] = WouldStop(scope) };
            if (until is { } end)
            {
                body["until"] = end.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
            }

            var id = string.Create(CultureInfo.InvariantCulture, $"{scope.Subject}/{SwitchState.NameOf(step)}/{now.UtcTicks}/{_taken++}");
            var entry = SwitchState.Entry(id, scope, step, actor, now, body);
            await _log.AppendAsync(entry, CancellationToken.None).ConfigureAwait(false);
            Effect(entry, scope, step);
            return null;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    internal bool Leave(SwitchPass pass) => _underWay.TryRemove(pass, out _);

    internal bool IsUnderWay(SwitchPass pass) => _underWay.ContainsKey(pass);

    private void Effect(DecisionEntry entry, SwitchScope scope, SwitchStep step)
    {
        _state.Apply(entry);
        if (step == SwitchStep.Proposed)
        {
            _wouldStop[scope] = 0;
        }

        Publish();
        Interlocked.MemoryBarrier();
        if (step is SwitchStep.Proposed or SwitchStep.Confirmed)
        {
            var state = _state.Find(scope);
            foreach (var (pass, _) in _underWay)
            {
                Meet(pass, state);
            }
        }
    }

    private void Publish() =>
        ImmutableInterlocked.InterlockedExchange(ref _active, [.. _state.Switches.Where(state => state.Phase != SwitchPhase.Off)]);

    private void Meet(SwitchPass pass, SwitchSnapshot state)
    {
        if (!state.Scope.Covers(pass.Traffic) || state.At(_time.GetUtcNow()).Phase == SwitchPhase.Off)
        {
            return;
        }

        if (state.IsStopping)
        {
            pass.Stop(state.Scope);
        }
        else
        {
            _wouldStop.AddOrUpdate(state.Scope, 1, static (_, count) => count + 1);
        }
    }
}
