using Stillwatch.Gateway.Admission;
using Stillwatch.Gateway.Configuration;

namespace Stillwatch.Gateway.Observation;

/// <summary>Records each admitted request once, whatever becomes of it, and sees to it that the record reaches its target.</summary>
/// <remarks>
/// The first part is in the spool before the request is forwarded. If the target is away, the spool grows up to its bound while the
/// emptying is tried again and again.
/// </remarks>
public sealed class InteractionRecorder : IAsyncDisposable
{
    private const int RecordOverhead = 1024;

    private readonly Spool _spool;
    private readonly SpoolDrain _drain;
    private readonly IInteractionTarget _target;
    private readonly ObservationOptions _options;
    private readonly TimeProvider _time;
    private readonly IRecorderLog _log;
    private readonly CancellationTokenSource _stop = new();
    private Task _loops = Task.CompletedTask;
    private long _failedDrains;

    private InteractionRecorder(Spool spool, IInteractionTarget target, ObservationOptions options, TimeProvider time, IRecorderLog log)
    {
        (_spool, _target, _options, _time, _log) = (spool, target, options, time, log);
        _drain = new(spool, target);
    }

    /// <summary>Bytes that wait in the spool.</summary>
    public long SpoolBytes => _spool.Bytes;

    /// <summary>Interactions that reached the target.</summary>
    public long Stored => _drain.Stored;

    /// <summary>Interactions that the target did not understand.</summary>
    public long Rejected => _drain.Rejected;

    /// <summary>Interactions that an earlier process left unfinished.</summary>
    public long Interrupted => _drain.Interrupted;

    /// <summary>Parts that the spool could not take.</summary>
    public long FailedWrites => _spool.Failures;

    /// <summary>Segments whose end could not be read.</summary>
    public long DamagedSegments => _drain.Damaged;

    /// <summary>Attempts to empty the spool that failed.</summary>
    public long FailedDrains => Volatile.Read(ref _failedDrains);

    /// <summary>Whether the last attempt to empty the spool failed.</summary>
    public bool IsTargetAway { get; private set; }

    /// <summary>Opens spool and target, and begins.</summary>
    /// <param name="options">Where to.</param>
    /// <param name="time">Tells when to empty the spool.</param>
    /// <param name="log">Is told of failures.</param>
    /// <param name="cancellationToken">Stops the opening.</param>
    /// <exception cref="IOException">The spool is in use or cannot be written.</exception>
    /// <exception cref="Stillwatch.Store.Engine.StoreUnavailableException">The store cannot be opened.</exception>
    public static async Task<InteractionRecorder> StartAsync(
        GatewayOptions options, TimeProvider time, IRecorderLog log, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        var spool = Spool.Open(options.Observation);
        try
        {
            IInteractionTarget target = options.Observation.Log is { } directory
                ? new LogTarget(directory, time)
                : await StoreTarget.OpenAsync(options, time, cancellationToken).ConfigureAwait(false);
            var recorder = new InteractionRecorder(spool, target, options.Observation, time, log);
            recorder._loops = Task.WhenAll(
                Task.Run(recorder.DrainLoopAsync, CancellationToken.None), Task.Run(recorder.FlushLoopAsync, CancellationToken.None));
            return recorder;
        }
        catch
        {
            spool.Dispose();
            throw;
        }
    }

    /// <summary>Records that a request was admitted.</summary>
    /// <param name="request">The request.</param>
    /// <param name="body">Its body; empty where it is not read.</param>
    /// <param name="inputTokens">Its tokens as the gateway counts them.</param>
    /// <returns>The ticket to settle it with; null if it cannot be recorded.</returns>
    internal ulong? Admit(AdmittedRequest request, ReadOnlySpan<byte> body, int inputTokens)
    {
        using var part = Spool.NewPart(RecordOverhead + body.Length);
        InteractionRecords.WriteAdmission(part, request, body, _options.Content);
        return _spool.Admit(part, inputTokens);
    }

    /// <summary>Records what became of it.</summary>
    internal void Settle(ulong ticket, in ReplySummary reply, ReadOnlySpan<byte> text)
    {
        using var part = Spool.NewPart(RecordOverhead + text.Length);
        InteractionRecords.WriteReply(part, reply, text);
        _ = _spool.Settle(ticket, part);
    }

    /// <summary>Stops, after a last attempt to empty the spool. What stays in it is handed over by the next start.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _loops.ConfigureAwait(false);
        _spool.Roll();
        await DrainOnceAsync(CancellationToken.None).ConfigureAwait(false);
        _drain.Dispose();
        await _target.DisposeAsync().ConfigureAwait(false);
        _spool.Dispose();
        _stop.Dispose();
    }

    private async Task DrainLoopAsync()
    {
        using var timer = new PeriodicTimer(_options.DrainEvery, _time);
        while (await NextAsync(timer).ConfigureAwait(false))
        {
            _spool.Roll();
            await DrainOnceAsync(_stop.Token).ConfigureAwait(false);
        }
    }

    private async Task DrainOnceAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _drain.RunAsync(cancellationToken).ConfigureAwait(false);
            IsTargetAway = false;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
        }
        catch (Exception away)
        {
            // Whatever the target's trouble is, the interactions are safe in the spool and the next attempt may succeed.
            Interlocked.Increment(ref _failedDrains);
            IsTargetAway = true;
            _log.DrainFailed(away);
        }
    }

    private async Task FlushLoopAsync()
    {
        using var timer = new PeriodicTimer(_options.FlushEvery, _time);
        while (await NextAsync(timer).ConfigureAwait(false))
        {
            try
            {
                _spool.Flush();
            }
            catch (Exception failure) when (failure is IOException or ObjectDisposedException)
            {
                _log.FlushFailed(failure);
            }
        }
    }

    private async Task<bool> NextAsync(PeriodicTimer timer)
    {
        try
        {
            return await timer.WaitForNextTickAsync(_stop.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
