namespace Stillwatch.Gateway.Quotas.Ledger;

/// <summary>The live ledger: state, clock and journal behind one lock.</summary>
/// <remarks>
/// Every member that reads or changes the state is called with <see cref="Gate"/> held. Under it only memory is touched: a change is
/// recorded by copying it into a mapped file. One lock for all counts makes a reservation in many of them one step; a request holds it
/// for less than a microsecond.
/// </remarks>
internal sealed class LedgerCore : IDisposable
{
    private readonly LedgerJournal? _journal;
    private readonly byte[] _record = new byte[LedgerRecord.MaxBytes];
    private readonly Queue<LedgerHold> _unrecorded = new();

    private LedgerCore(TimeProvider time, LedgerClock clock, LedgerState state, LedgerJournal? journal)
    {
        Time = time;
        Clock = clock;
        State = state;
        _journal = journal;
    }

    /// <summary>To be held by whoever calls; never across a wait.</summary>
    public Lock Gate { get; } = new();

    public TimeProvider Time { get; }

    public LedgerClock Clock { get; }

    public LedgerState State { get; }

    /// <summary>A ledger that forgets at the end of the process.</summary>
    public static LedgerCore InMemory(TimeProvider time) => new(time, LedgerClock.Begin(time), new(), journal: null);

    /// <summary>A ledger in a folder.</summary>
    public static LedgerCore Open(string directory, JournalOptions options, TimeProvider time, Guid? boot = null)
    {
        var (journal, state) = LedgerJournal.Open(directory, options, time, boot);
        return new(time, journal.Clock, state, journal);
    }

    /// <summary>A count, made if there is none; null if that cannot be recorded at present.</summary>
    public LedgerCell? CellOf(string name, QuotaMeasure measure, long windowMilliseconds)
    {
        if (State.FindCell(name) is { } found)
        {
            return found;
        }

        var cell = State.AddCell(State.NextCell, name, measure, windowMilliseconds);
        if (Record(LedgerRecord.WriteCell(_record, cell, withSpending: false)))
        {
            return cell;
        }

        State.Retire(cell);
        return null;
    }

    /// <summary>Opens a hold; null if that cannot be recorded at present. Whether there is room is the caller's to say.</summary>
    public LedgerHold? Open(HoldKind kind, LedgerCell[] cells, ReadOnlySpan<HoldChange> amounts, long now, long deadline)
    {
        var hold = new LedgerHold(State.NextHold, kind, cells) { Deadline = deadline };
        if (!RecordsAgain() || !Record(LedgerRecord.WriteHold(_record, hold, now, amounts, isClosed: false)))
        {
            return null;
        }

        State.Add(hold);
        State.Apply(hold, now, amounts, isClosed: false);
        return hold;
    }

    /// <summary>Lets an open hold have more; false, and nothing changed, if that cannot be recorded at present.</summary>
    public bool Raise(LedgerHold hold, ReadOnlySpan<HoldChange> amounts, long now)
    {
        if (!RecordsAgain() || !Record(LedgerRecord.WriteHold(_record, hold, now, amounts, isClosed: false)))
        {
            return false;
        }

        State.Apply(hold, now, amounts, isClosed: false);
        return true;
    }

    /// <summary>Spends of an open hold, or frees some, or closes it. What cannot be recorded now is recorded later: the journal then
    /// says that more is held than is, never less.</summary>
    public void Lower(LedgerHold hold, ReadOnlySpan<HoldChange> amounts, long now, bool isClosed)
    {
        var isRecorded = Record(LedgerRecord.WriteHold(_record, hold, now, amounts, isClosed));
        State.Apply(hold, now, amounts, isClosed);
        if (!isRecorded && isClosed)
        {
            _unrecorded.Enqueue(hold);
        }
    }

    /// <summary>Charges in full every request that was not heard of for too long.</summary>
    public void Expire(long now)
    {
        foreach (var hold in State.Holds.Where(hold => hold.Kind == HoldKind.Request && hold.Deadline <= now).ToList())
        {
            Lower(hold, LedgerCharge.InFull(hold), now, isClosed: true);
        }
    }

    /// <summary>Forgets counts that nothing is in.</summary>
    public void Forget(long now)
    {
        foreach (var cell in State.Unused(now))
        {
            if (Record(LedgerRecord.WriteGone(_record, cell)))
            {
                State.Retire(cell);
            }
        }
    }

    /// <summary>The journal's work on the disk; without the lock.</summary>
    /// <exception cref="IOException">The disk does not do its part; nothing is admitted unrecorded, and it may be called again.</exception>
    public void Maintain() => _journal?.Maintain();

    public void Dispose() => _journal?.Dispose();

    private bool RecordsAgain()
    {
        while (_unrecorded.TryPeek(out var hold))
        {
            var amounts = new HoldChange[hold.Cells.Length];
            for (var i = 0; i < amounts.Length; i++)
            {
                amounts[i] = new(0, hold.Spent(i));
            }

            if (!Record(LedgerRecord.WriteHold(_record, hold, State.Latest, amounts, isClosed: true)))
            {
                return false;
            }

            _unrecorded.Dequeue();
        }

        return true;
    }

    private bool Record(int length) => _journal?.Append(_record.AsSpan(0, length)) ?? true;
}
