namespace Stillwatch.Gateway.Quotas.Ledger;

/// <summary>What one reservation has of each count: held, and spent of it so far. Changed only by <see cref="LedgerState"/>.</summary>
internal sealed class LedgerHold(long id, HoldKind kind, LedgerCell[] cells)
{
    private readonly long[] _amounts = new long[2 * cells.Length];
    private volatile bool _isOpen = true;

    public long Id { get; } = id;

    public HoldKind Kind { get; } = kind;

    public LedgerCell[] Cells { get; } = cells;

    /// <summary>When it is charged in full unless it is heard of before; milliseconds since 1970.</summary>
    public long Deadline { get; set; }

    /// <summary>Whether it may still be changed; read without the ledger's lock.</summary>
    public bool IsOpen => _isOpen;

    public long Held(int cell) => _amounts[2 * cell];

    /// <summary>Spent since the reservation, whether or not it has left the window.</summary>
    public long Spent(int cell) => _amounts[(2 * cell) + 1];

    public void Set(int cell, long held, long spent)
    {
        _amounts[2 * cell] = held;
        _amounts[(2 * cell) + 1] = spent;
    }

    public void Close() => _isOpen = false;
}
