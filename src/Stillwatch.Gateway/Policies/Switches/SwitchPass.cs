namespace Stillwatch.Gateway.Policies.Switches;

/// <summary>A request under the switches: stopped from the start, or as soon as a switch goes on.</summary>
public sealed class SwitchPass : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly KillSwitches _switches;
    private SwitchScope? _stoppedBy;
    private SwitchSnapshot? _proposed;

    internal SwitchPass(KillSwitches switches, SwitchTraffic traffic)
    {
        _switches = switches;
        Traffic = traffic;
        Stopped = _stop.Token;
    }

    /// <summary>Cancelled when a switch stops the request; whoever forwards ends the stream with a valid last event.</summary>
    public CancellationToken Stopped { get; }

    /// <summary>The switch that stopped it; null while none has.</summary>
    public SwitchScope? StoppedBy => Stopped.IsCancellationRequested ? _stoppedBy : null;

    /// <summary>A proposed switch that would stop it; null where there was none.</summary>
    public SwitchScope? WouldBeStoppedBy => Volatile.Read(ref _proposed)?.Scope;

    internal SwitchTraffic Traffic { get; }

    /// <summary>The request is over.</summary>
    public void Dispose()
    {
        if (_switches.Leave(this))
        {
            lock (_stop)
            {
                _stop.Dispose();
            }
        }
    }

    /// <summary>Notes a switch that is only proposed.</summary>
    internal void Propose(SwitchSnapshot proposed) => Volatile.Write(ref _proposed, proposed);

    /// <summary>Stops it once. What follows a cancellation runs on other threads, so that one stream does not hold up the next.</summary>
    internal void Stop(SwitchScope scope)
    {
        lock (_stop)
        {
            if (_stoppedBy is null && _switches.IsUnderWay(this))
            {
                _stoppedBy = scope;
                _ = _stop.CancelAsync();
            }
        }
    }
}
