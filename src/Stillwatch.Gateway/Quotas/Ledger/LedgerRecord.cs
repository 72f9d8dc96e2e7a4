namespace Stillwatch.Gateway.Quotas.Ledger;

/// <summary>The journal's records, written and folded.</summary>
/// <remarks>
/// <code>
/// cell = 1 id name-length name(UTF-8) measure window slots (slot spent)*        a count; with what was spent, in a snapshot
/// hold = 2 id kind time deadline closed cells (cell held spent)*                what a hold has from now on; absolute, not a change
/// next = 3 cell hold time                                                       the numbers that come next, in a snapshot
/// kept = 4 ..., as hold                                                         an open hold in a snapshot: its spending is in the counts
/// gone = 5 cell                                                                 a count that nothing is in and nobody uses
/// </code>
/// The first number is a byte; every other one is an unsigned LEB128.
/// </remarks>
internal static class LedgerRecord
{
    /// <summary>Bytes of the longest record.</summary>
    public const int MaxBytes = 16 * 1024;

    private const byte Cell = 1;
    private const byte Hold = 2;
    private const byte Next = 3;
    private const byte Kept = 4;
    private const byte Gone = 5;

    public static int WriteCell(Span<byte> to, LedgerCell cell, bool withSpending)
    {
        var writer = new LebWriter(to);
        writer.Byte(Cell);
        writer.Number(cell.Id);
        writer.Text(cell.Name);
        writer.Number((long)cell.Measure);
        writer.Number(cell.WindowMilliseconds);
        IReadOnlyList<(long Slot, long Spent)> spending = withSpending ? [.. cell.Spending().Reverse()] : [];
        writer.Number(spending.Count);
        foreach (var (slot, spent) in spending)
        {
            writer.Number(slot);
            writer.Number(spent);
        }

        return writer.Length;
    }

    public static int WriteHold(Span<byte> to, LedgerHold hold, long now, ReadOnlySpan<HoldChange> changes, bool isClosed) =>
        WriteHold(to, Hold, hold, now, changes, isClosed);

    /// <summary>An open hold as it stands, for a snapshot.</summary>
    public static int WriteKept(Span<byte> to, LedgerHold hold, long now)
    {
        var amounts = new HoldChange[hold.Cells.Length];
        for (var i = 0; i < amounts.Length; i++)
        {
            amounts[i] = new(hold.Held(i), hold.Spent(i));
        }

        return WriteHold(to, Kept, hold, now, amounts, isClosed: false);
    }

    public static int WriteGone(Span<byte> to, LedgerCell cell)
    {
        var writer = new LebWriter(to);
        writer.Byte(Gone);
        writer.Number(cell.Id);
        return writer.Length;
    }

    public static int WriteNext(Span<byte> to, LedgerState state)
    {
        var writer = new LebWriter(to);
        writer.Byte(Next);
        writer.Number(state.NextCell);
        writer.Number(state.NextHold);
        writer.Number(state.Latest);
        return writer.Length;
    }

    /// <summary>Folds a record.</summary>
    /// <exception cref="InvalidDataException">It is none, or names a count that no record before it has made.</exception>
    public static void Fold(ReadOnlySpan<byte> record, LedgerState state)
    {
        var reader = new LebReader(record);
        switch (reader.Byte())
        {
            case Cell:
                FoldCell(ref reader, state);
                break;
            case Hold:
                FoldHold(ref reader, state, isKept: false);
                break;
            case Kept:
                FoldHold(ref reader, state, isKept: true);
                break;
            case Gone when state.FindCell(checked((int)reader.Number())) is { } cell:
                state.Retire(cell);
                break;
            case Gone:
                break;
            case Next:
                state.NextCell = Math.Max(state.NextCell, checked((int)reader.Number()));
                state.NextHold = Math.Max(state.NextHold, reader.Number());
                state.Latest = Math.Max(state.Latest, reader.Number());
                break;
            case var kind:
                throw new InvalidDataException($"A record has kind {kind}; 1 to 5 are known.");
        }
    }

    private static void FoldCell(ref LebReader reader, LedgerState state)
    {
        var id = checked((int)reader.Number());
        var name = reader.Text();
        var measure = (QuotaMeasure)reader.Number();
        var cell = state.AddCell(id, name, measure, reader.Number());
        for (var slots = reader.Number(); slots > 0; slots--)
        {
            var slot = reader.Number();
            cell.Restore(slot, reader.Number());
        }
    }

    private static int WriteHold(
        Span<byte> to, byte kind, LedgerHold hold, long now, ReadOnlySpan<HoldChange> changes, bool isClosed)
    {
        var writer = new LebWriter(to);
        writer.Byte(kind);
        writer.Number(hold.Id);
        writer.Number((long)hold.Kind);
        writer.Number(now);
        writer.Number(hold.Deadline);
        writer.Number(isClosed ? 1 : 0);
        writer.Number(changes.Length);
        for (var i = 0; i < changes.Length; i++)
        {
            writer.Number(hold.Cells[i].Id);
            writer.Number(changes[i].Held);
            writer.Number(changes[i].Spent);
        }

        return writer.Length;
    }

    private static void FoldHold(ref LebReader reader, LedgerState state, bool isKept)
    {
        var (id, kind, now, deadline) = (reader.Number(), (HoldKind)reader.Number(), reader.Number(), reader.Number());
        var isClosed = reader.Number() != 0;
        var cells = new LedgerCell[checked((int)reader.Number())];
        var changes = new HoldChange[cells.Length];
        for (var i = 0; i < cells.Length; i++)
        {
            var cell = checked((int)reader.Number());
            cells[i] = state.FindCell(cell) ?? throw new InvalidDataException($"A record names count {cell}, which was never made.");
            changes[i] = new(reader.Number(), reader.Number());
        }

        var hold = state.FindHold(id) ?? state.AddHold(id, kind, cells);
        hold.Deadline = deadline;
        for (var i = 0; isKept && i < changes.Length; i++)
        {
            hold.Set(i, 0, changes[i].Spent);
        }

        state.Apply(hold, now, changes, isClosed);
    }
}
