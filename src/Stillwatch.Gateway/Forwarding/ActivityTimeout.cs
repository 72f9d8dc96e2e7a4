namespace Stillwatch.Gateway.Forwarding;

/// <summary>Cancels an exchange that stands still, and tells why it was cancelled.</summary>
/// <remarks>
/// The timer is set anew only when a second has passed, so a stream of many small events does not pay for it at each of them; a
/// time-out comes up to one second late for it.
/// </remarks>
internal sealed class ActivityTimeout : IDisposable
{
    private static readonly TimeSpan Granularity = TimeSpan.FromSeconds(1);

    private readonly TimeProvider _time;
    private readonly CancellationToken _clientGone;
    private readonly CancellationToken _stopping;
    private readonly CancellationTokenSource _source;
    private readonly CancellationTokenRegistration _onClientGone;
    private readonly CancellationTokenRegistration _onStopping;
    private readonly CancellationTokenRegistration _onEnded;
    private TimeSpan _limit = Timeout.InfiniteTimeSpan;
    private long _setAt;

    public ActivityTimeout(TimeProvider time, CancellationToken clientGone, CancellationToken stopping, CancellationToken ended)
    {
        (_time, _clientGone, _stopping) = (time, clientGone, stopping);
        _source = new(Timeout.InfiniteTimeSpan, time);
        _onClientGone = clientGone.UnsafeRegister(static state => ((CancellationTokenSource)state!).Cancel(), _source);
        _onStopping = stopping.UnsafeRegister(static state => ((CancellationTokenSource)state!).Cancel(), _source);
        _onEnded = ended.UnsafeRegister(static state => ((CancellationTokenSource)state!).Cancel(), _source);
    }

    /// <summary>Cancelled when the client is gone, the gateway or the reservation has ended, or nothing happened for too long.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>Whether the client is gone.</summary>
    public bool IsClientGone => _clientGone.IsCancellationRequested;

    /// <summary>Whether the gateway has to end.</summary>
    public bool IsStopping => _stopping.IsCancellationRequested;

    /// <summary>Something happened: from now on it may stand still for so long.</summary>
    public void Allow(TimeSpan limit)
    {
        var now = _time.GetTimestamp();
        if (limit == _limit && _time.GetElapsedTime(_setAt, now) < Granularity)
        {
            return;
        }

        (_limit, _setAt) = (limit, now);
        _source.CancelAfter(limit + Granularity);
    }

    public void Dispose()
    {
        _onClientGone.Dispose();
        _onStopping.Dispose();
        _onEnded.Dispose();
        _source.Dispose();
    }
}
