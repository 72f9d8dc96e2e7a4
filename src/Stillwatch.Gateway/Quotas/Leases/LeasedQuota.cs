using Stillwatch.Gateway.Quotas.Ledger;

namespace Stillwatch.Gateway.Quotas.Leases;

/// <summary>The quota of one node among several: spends slices that an authority lends it.</summary>
/// <remarks>
/// Reserving is a matter of memory as long as the slices suffice; otherwise the node asks for more and waits. A node that cannot reach the
/// authority spends what it has until its lease ends, then nothing: reservations allow no more tokens and streams are cut. Thread-safe.
/// </remarks>
public sealed class LeasedQuota : IQuota, IDisposable
{
    /// <summary>How often a request asks for more before it is denied: others may take what it was lent.</summary>
    private const int MaxAttempts = 3;

    private readonly SemaphoreSlim _turn = new(1);
    private readonly string _node;
    private readonly IQuotaAuthority _authority;
    private readonly QuotaLimits _limits;
    private readonly TimeProvider _time;
    private readonly LeaseOptions _options;
    private readonly QuotaLedgerOptions _ledgerOptions;
    private volatile BorrowedSlices _slices;
    private long _epoch;
    private long _demanded;
    private long _served;

    /// <summary>A node without slices.</summary>
    /// <param name="node">Its name; no other node has it at the same time.</param>
    /// <param name="authority">Who lends.</param>
    /// <param name="limits">The limits, the same as the authority's.</param>
    /// <param name="time">Clocks.</param>
    /// <param name="options">How budget is lent; the duration is the authority's to say.</param>
    /// <param name="ledgerOptions">How reservations are kept.</param>
    public LeasedQuota(
        string node,
        IQuotaAuthority authority,
        QuotaLimits limits,
        TimeProvider time,
        LeaseOptions? options = null,
        QuotaLedgerOptions? ledgerOptions = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(node);
        ArgumentNullException.ThrowIfNull(time);
        (_node, _authority, _limits, _time) = (node, authority, limits, time);
        _options = options ?? new();
        ArgumentOutOfRangeException.ThrowIfLessThan(_options.DriftMargin, 0.01, nameof(options));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(_options.DriftMargin, 0.5, nameof(options));
        _ledgerOptions = ledgerOptions ?? new();
        _slices = new(time.GetUtcNow().ToUnixTimeMilliseconds(), limits, time, _ledgerOptions);
    }

    /// <inheritdoc/>
    public async ValueTask<QuotaDecision> ReserveAsync(QuotaRequest request, CancellationToken cancellationToken)
    {
        var decision = _slices.Ledger.Reserve(request);
        for (var attempt = 0; attempt < MaxAttempts && !decision.IsGranted && MayHelp(decision.Denial); attempt++)
        {
            var slices = _slices;
            if (!slices.Demand(request))
            {
                break;
            }

            await RenewAsync(Interlocked.Increment(ref _demanded), givesBack: false, cancellationToken).ConfigureAwait(false);
            decision = _slices.Ledger.Reserve(request);
        }

        return decision;
    }

    /// <summary>How this node's slices stand: what all nodes together have left, only the authority knows.</summary>
    public IReadOnlyList<QuotaStanding> Standing(QuotaSubject subject) => _slices.Ledger.Standing(subject);

    /// <summary>Tells the authority what was spent, gives back what lies idle, and keeps the lease; once.</summary>
    /// <returns>Whether the authority answered and the lease holds.</returns>
    public Task<bool> RenewAsync(CancellationToken cancellationToken) =>
        RenewAsync(Interlocked.Increment(ref _demanded), givesBack: true, cancellationToken);

    /// <summary>Keeps the lease until it is cancelled, by a message every quarter of its duration.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            await Task.Delay(_options.Duration / 4, _time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await ((Task)RenewAsync(cancellationToken)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _slices.End();
        _slices.Ledger.Dispose();
        _turn.Dispose();
    }

    private static bool MayHelp(QuotaDenial denial) =>
        denial.Reason is not (QuotaDenialReason.LargerThanLimit or QuotaDenialReason.LedgerUnavailable);

    private async Task<bool> RenewAsync(long demand, bool givesBack, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            // A message that was written after this demand has served it.
            return Interlocked.Read(ref _served) >= demand || await ExchangeAsync(givesBack, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task<bool> ExchangeAsync(bool givesBack, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            var slices = _slices;
            var demanded = Interlocked.Read(ref _demanded);
            var sentAt = _time.GetTimestamp();
            var request = slices.Report(_node, _epoch, givesBack);
            if (await SendAsync(request, cancellationToken).ConfigureAwait(false) is not { } reply || reply.Sequence != request.Sequence)
            {
                return false;
            }

            _epoch = reply.Epoch;
            switch (reply.Status)
            {
                case LeaseReplyStatus.Renewed:
                    slices.Take(request, reply);
                    var usable = reply.ValidFor.TotalSeconds * (1 - _options.DriftMargin);
                    slices.ExtendUntil(sentAt + (long)(usable * _time.TimestampFrequency));
                    Interlocked.Exchange(ref _served, demanded);
                    return true;
                case LeaseReplyStatus.Ended:
                    slices.End();
                    _slices = new(slices.Incarnation + 1, _limits, _time, _ledgerOptions);
                    return false;
                case LeaseReplyStatus.Outdated:
                    return false;
                default:
                    continue;
            }
        }

        return false;
    }

    private async Task<LeaseReply?> SendAsync(LeaseRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return await _authority.RenewAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (IOException)
        {
            return null;
        }
    }
}
