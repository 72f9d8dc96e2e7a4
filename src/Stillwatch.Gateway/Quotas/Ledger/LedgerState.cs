namespace Stillwatch.Gateway.Quotas.Ledger;

/// <summary>The counts and the open holds: what the journal's records fold to. Decides nothing. Not thread-safe.</summary>
internal sealed class LedgerState
{
    private readonly Dictionary<string, LedgerCell> _names = new(StringComparer.Ordinal);
    private readonly Dictionary<int, LedgerCell> _cells = [];
    private readonly Dictionary<long, LedgerHold> _holds = [];

    public IReadOnlyCollection<LedgerCell> Cells => _cells.Values;

    public IReadOnlyCollection<LedgerHold> Holds => _holds.Values;

    public int NextCell { get; set; } = 1;

    public long NextHold { get; set; } = 1;

    /// <summary>Time of the latest record.</summary>
    public long Latest { get; set; }

    public LedgerCell? FindCell(string name) => _names.GetValueOrDefault(name);

    public LedgerCell? FindCell(int id) => _cells.GetValueOrDefault(id);

    public LedgerHold? FindHold(long id) => _holds.GetValueOrDefault(id);

    public LedgerCell AddCell(int id, string name, QuotaMeasure measure, long window)
    {
        var cell = new LedgerCell(id, name, measure, window);
        _cells.Add(id, cell);
        _names[name] = cell;
        NextCell = Math.Max(NextCell, id + 1);
        return cell;
    }

    public void Retire(LedgerCell cell)
    {
        cell.IsRetired = true;
        _cells.Remove(cell.Id);
        if (_names.GetValueOrDefault(cell.Name) == cell)
        {
            _names.Remove(cell.Name);
        }
    }

    /// <summary>Counts that nothing is in and no open hold names.</summary>
    public IReadOnlyList<LedgerCell> Unused(long now)
    {
        var named = _holds.Values.SelectMany(hold => hold.Cells).ToHashSet();
        return [.. _cells.Values.Where(cell => cell.IsEmpty(now) && !named.Contains(cell))];
    }

    public LedgerHold AddHold(long id, HoldKind kind, LedgerCell[] cells)
    {
        var hold = new LedgerHold(id, kind, cells);
        Add(hold);
        return hold;
    }

    public void Add(LedgerHold hold)
    {
        _holds.Add(hold.Id, hold);
        NextHold = Math.Max(NextHold, hold.Id + 1);
    }

    /// <summary>Gives a hold what it is to have; a closed hold has nothing left.</summary>
    public void Apply(LedgerHold hold, long now, ReadOnlySpan<HoldChange> changes, bool isClosed)
    {
        Latest = Math.Max(Latest, now);
        for (var i = 0; i < changes.Length; i++)
        {
            var (held, spent) = (isClosed ? 0 : changes[i].Held, changes[i].Spent);
            hold.Cells[i].Change(now, held - hold.Held(i), spent - hold.Spent(i));
            hold.Set(i, held, spent);
        }

        if (isClosed)
        {
            hold.Close();
            _holds.Remove(hold.Id);
        }
    }
}
