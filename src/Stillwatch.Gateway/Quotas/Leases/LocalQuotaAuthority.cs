using Stillwatch.Gateway.Quotas.Ledger;

namespace Stillwatch.Gateway.Quotas.Leases;

/// <summary>An authority over a ledger of this process.</summary>
/// <remarks>
/// A slice is a hold in the ledger: lent is held until the node reports it spent. So held and spent together never pass the cap, and
/// whatever a node passes on within a window is either reported within it or still held. A lease that is not renewed is charged in full
/// when the node has stopped for certain. An earlier incarnation of a node is charged in full when its own time is over, too: nobody knows
/// that it is dead. Thread-safe.
/// </remarks>
public sealed class LocalQuotaAuthority : IQuotaAuthority
{
    /// <summary>Characters of a count's scope: all ids of a subject with their words.</summary>
    private const int MaxScopeLength = 5 * (QuotaLimit.MaxIdLength + 16);

    private readonly Dictionary<(string Node, long Incarnation), NodeLease> _leases = [];
    private readonly QuotaLedger _ledger;
    private readonly LeaseOptions _options;
    private readonly long _epoch;

    /// <summary>
    /// Lends from a ledger that nobody else reserves in. Of leases from before a restart it knows only what was lent: that is charged when
    /// they would have ended, and their nodes are told to begin others.
    /// </summary>
    public LocalQuotaAuthority(QuotaLedger ledger, LeaseOptions options)
    {
        ArgumentNullException.ThrowIfNull(ledger);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Duration, TimeSpan.FromSeconds(1), nameof(options));
        (_ledger, _options) = (ledger, options);
        lock (Core.Gate)
        {
            _epoch = Math.Max(1, Core.Clock.Now);
            foreach (var hold in Core.State.Holds.Where(hold => hold.Kind == HoldKind.Lease))
            {
                var lost = new NodeLease { End = hold.Deadline };
                lost.Slices.Add("", hold);
                _leases.Add(("", -hold.Id), lost);
            }
        }
    }

    private LedgerCore Core => _ledger.Core;

    /// <inheritdoc/>
    public Task<LeaseReply> RenewAsync(LeaseRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        lock (Core.Gate)
        {
            return Task.FromResult(Renew(request, Core.Clock.Now));
        }
    }

    private LeaseReply Renew(LeaseRequest request, long now)
    {
        End(now);
        if (request.Epoch != _epoch && request.Epoch != 0)
        {
            return Refuse(LeaseReplyStatus.OtherEpoch, request);
        }

        var isKnown = _leases.TryGetValue((request.Node, request.Incarnation), out var lease);
        if (!isKnown && request.Slices.Any(slice => slice.Kept > 0 || slice.Spent > 0))
        {
            return Refuse(LeaseReplyStatus.Ended, request);
        }

        lease ??= _leases[(request.Node, request.Incarnation)] = new();
        if (request.Sequence <= lease.Sequence)
        {
            return Refuse(LeaseReplyStatus.Outdated, request);
        }

        lease.Sequence = request.Sequence;
        lease.End = now + (long)_options.Duration.TotalMilliseconds;
        var lent = request.Slices.Select(slice => Lend(lease, slice, now)).ToList();
        return new(LeaseReplyStatus.Renewed, _epoch, request.Sequence, lent, _options.Duration);
    }

    private LeaseReply Refuse(LeaseReplyStatus status, LeaseRequest request) => new(status, _epoch, request.Sequence, [], TimeSpan.Zero);

    /// <summary>Brings a slice up to date and adds to it; what is lent since the lease began.</summary>
    private long Lend(NodeLease lease, SliceRequest slice, long now)
    {
        if (_ledger.Limits.Limits.FirstOrDefault(limit => limit.Name == slice.Limit) is not { } limit || slice.Scope.Length > MaxScopeLength
            || Core.CellOf(
                limit.CountName(slice.Scope), limit.Measure, (long)(limit.Window ?? TimeSpan.Zero).TotalMilliseconds) is not { } cell)
        {
            return slice.Kept;
        }

        cell.Cap = limit.Cap;
        var hold = lease.Slices.GetValueOrDefault(cell.Name);
        var lent = hold is null ? 0 : Report(hold, slice, now, lease.End);
        var more = More(cell.Room(now), slice);
        if (more == 0)
        {
            return lent;
        }

        if (hold is null)
        {
            if (Core.Open(HoldKind.Lease, [cell], [new(more, 0)], now, lease.End) is not { } opened)
            {
                return 0;
            }

            lease.Slices.Add(cell.Name, opened);
            return more;
        }

        return Core.Raise(hold, [new(hold.Held(0) + more, hold.Spent(0))], now) ? lent + more : lent;
    }

    /// <summary>Moves what was spent from held to spent and takes back what is given back.</summary>
    private long Report(LedgerHold hold, SliceRequest slice, long now, long deadline)
    {
        hold.Deadline = deadline;
        var spent = Math.Max(slice.Spent, hold.Spent(0));
        var kept = Math.Min(slice.Kept, hold.Held(0) + hold.Spent(0));
        Core.Lower(hold, [new(Math.Max(0, kept - spent), spent)], now, isClosed: false);
        return kept;
    }

    private long More(long room, SliceRequest slice)
    {
        var store = (long)(Math.Max(0, room - slice.Needed) * _options.StoreShare);
        return Math.Clamp(Math.Min(slice.Wanted, slice.Needed + store), 0, Math.Max(0, room));
    }

    /// <summary>Charges what was lent to nodes that have not been heard of.</summary>
    private void End(long now)
    {
        foreach (var (key, lease) in _leases.Where(lease => lease.Value.End <= now).ToList())
        {
            foreach (var hold in lease.Slices.Values)
            {
                Core.Lower(hold, LedgerCharge.InFull(hold), now, isClosed: true);
            }

            _leases.Remove(key);
        }
    }
}
