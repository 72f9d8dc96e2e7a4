using Stillwatch.Gateway.Quotas.Ledger;

namespace Stillwatch.Gateway.Quotas.Leases;

/// <summary>The slices of one lease on the node: a ledger in memory whose caps are what is lent.</summary>
/// <remarks>
/// Its counts have no window: what is lent and what is spent of it are sums since the lease began, and only the authority knows what has
/// left a window. A lease that has ended is dropped as a whole; reservations of it may spend nothing more.
/// </remarks>
internal sealed class BorrowedSlices
{
    /// <summary>For how long the authority is not asked again for more of a count that it had nothing more of; milliseconds.</summary>
    private const long Pause = 200;

    private readonly Dictionary<LedgerCell, Slice> _slices = [];
    private readonly TimeProvider _time;
    private long _validUntil;

    public BorrowedSlices(long incarnation, QuotaLimits limits, TimeProvider time, QuotaLedgerOptions options)
    {
        Incarnation = incarnation;
        _time = time;
        Ledger = new(LedgerCore.InMemory(time), limits, options with { CellOf = CellOf, MaySpend = MaySpend });
    }

    public long Incarnation { get; }

    public QuotaLedger Ledger { get; }

    public long Sequence { get; private set; }

    /// <summary>Lets reservations spend until a moment of the monotonic clock.</summary>
    public void ExtendUntil(long timestamp) => Volatile.Write(ref _validUntil, timestamp);

    public void End() => Volatile.Write(ref _validUntil, 0);

    /// <summary>Notes what a request that did not fit would have needed; false if the authority has just had nothing more of it.</summary>
    public bool Demand(in QuotaRequest request)
    {
        lock (Ledger.Core.Gate)
        {
            var now = Ledger.Core.Clock.Now;
            var cells = Ledger.Resolve(request.Subject)?.Cells ?? [];
            foreach (var cell in cells)
            {
                var least = MeasuredAmount.Of(cell.Measure, request.InputTokens, request.MinOutputTokens, request.Price);
                if (cell.Room(now) < least && now < _slices[cell].DryUntil)
                {
                    return false;
                }
            }

            foreach (var cell in cells)
            {
                var need = MeasuredAmount.Of(cell.Measure, request.InputTokens, request.MaxOutputTokens, request.Price);
                _slices[cell].Needed += Math.Max(0, need - Math.Max(0, cell.Room(now) - _slices[cell].Needed));
            }

            return true;
        }
    }

    /// <summary>
    /// What to tell the authority; what is given back is the node's no more from here on, whether or not the message arrives.
    /// </summary>
    public LeaseRequest Report(string node, long epoch, bool givesBack)
    {
        lock (Ledger.Core.Gate)
        {
            var now = Ledger.Core.Clock.Now;
            List<SliceRequest> told = [];
            foreach (var (cell, slice) in _slices)
            {
                if (givesBack && slice.Needed == 0)
                {
                    var idle = Math.Max(0, cell.Room(now));
                    cell.Cap -= idle - (idle > 16 ? idle / 2 : 0);
                }

                told.Add(new(
                    slice.Limit, slice.Scope, cell.Spent(now), cell.Cap, slice.Needed, slice.Needed > 0 ? QuotaLimit.MaxCap : 0));
                slice.Told = slice.Needed;
            }

            return new(node, Incarnation, epoch, ++Sequence, told);
        }
    }

    /// <summary>Takes what is lent.</summary>
    public void Take(LeaseRequest request, LeaseReply reply)
    {
        lock (Ledger.Core.Gate)
        {
            var lent = request.Slices.Zip(reply.Lent).ToDictionary(pair => (pair.First.Limit, pair.First.Scope), pair => pair.Second);
            foreach (var (cell, slice) in _slices)
            {
                if (lent.TryGetValue((slice.Limit, slice.Scope), out var cap))
                {
                    slice.DryUntil = slice.Told > 0 && cap <= cell.Cap ? Ledger.Core.Clock.Now + Pause : 0;
                    cell.Cap = cap;
                    slice.Needed -= slice.Told;
                }
            }
        }
    }

    private bool MaySpend() => _time.GetTimestamp() < Volatile.Read(ref _validUntil);

    private LedgerCell? CellOf(LedgerCore core, QuotaLimit limit, string scope)
    {
        var cell = core.CellOf(limit.CountName(scope), limit.Measure, windowMilliseconds: 0);
        if (cell is not null)
        {
            _slices.TryAdd(cell, new(limit.Name, scope));
        }

        return cell;
    }

    private sealed class Slice(string limit, string scope)
    {
        public string Limit { get; } = limit;

        public string Scope { get; } = scope;

        /// <summary>What requests wait for.</summary>
        public long Needed { get; set; }

        /// <summary>Until when the authority is not asked for more; ledger milliseconds.</summary>
        public long DryUntil { get; set; }

        /// <summary>How much of it the authority was told in the message under way.</summary>
        public long Told { get; set; }
    }
}
