using System.Globalization;
using System.Text.Json.Nodes;
using Stillwatch.Evidence.Decisions;

namespace Stillwatch.Gateway.Policies.Switches;

/// <summary>Where people take the steps of switches. A step is an entry of the log; gateways that follow the log obey it.</summary>
/// <remarks>Not thread-safe; whoever opens it holds the log's lock, so that no step comes between the look and the entry.</remarks>
public sealed class SwitchDesk
{
    private readonly SwitchState _state = new();
    private readonly ISwitchLog _log;
    private readonly TimeProvider _time;
    private long _taken;

    /// <summary>Begins with what a log says.</summary>
    /// <param name="log">Where steps are written.</param>
    /// <param name="past">The log's entries, in their order; others than those of switches are passed over.</param>
    /// <param name="time">Clock.</param>
    public SwitchDesk(ISwitchLog log, IEnumerable<DecisionEntry> past, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(past);
        (_log, _time) = (log, time);
        foreach (var entry in past)
        {
            _state.Apply(entry);
        }
    }

    /// <summary>Every switch that is not off.</summary>
    public IReadOnlyList<SwitchSnapshot> Active => _state.ActiveAt(_time.GetUtcNow());

    /// <summary>How a switch stands.</summary>
    public SwitchSnapshot Find(SwitchScope scope) => _state.Find(scope).At(_time.GetUtcNow());

    /// <summary>Takes a step.</summary>
    /// <param name="scope">Of which switch.</param>
    /// <param name="step">Which.</param>
    /// <param name="actor">The person's pseudonym.</param>
    /// <param name="reason">Why, in a sentence; it stays in the log.</param>
    /// <param name="until">For a proposal: when the switch goes off by itself; null for never.</param>
    /// <param name="wouldStop">For a confirmation: what the dry run counted; null if nobody asked.</param>
    /// <param name="cancellationToken">Ends the wait for the log.</param>
    /// <returns>Null if it is in the log, otherwise why it is impossible.</returns>
    public async Task<string?> TakeAsync(
        SwitchScope scope,
        SwitchStep step,
        string actor,
        string reason,
        DateTimeOffset? until,
        long? wouldStop,
        CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow();
        if (SwitchRules.Fault(_state.Find(scope).At(now), step, actor) is { } fault)
        {
            return fault;
        }

        var body = new JsonObject { ["reason"] = reason };
        if (wouldStop is { } count)
        {
            body["wouldStop"] = count;
        }

        if (until is { } end)
        {
            body["until"] = end.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        }

        var id = string.Create(CultureInfo.InvariantCulture, $"{scope.Subject}/{SwitchState.NameOf(step)}/{now.UtcTicks}/{_taken++}");
        var entry = SwitchState.Entry(id, scope, step, actor, now, body);
        await _log.AppendAsync(entry, cancellationToken).ConfigureAwait(false);
        _state.Apply(entry);
        return null;
    }
}
