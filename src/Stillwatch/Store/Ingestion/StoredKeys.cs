using Stillwatch.Store.Engine;

namespace Stillwatch.Store.Ingestion;

/// <summary>Finds which rows of a block the store holds already, and asks it only where it can hold any.</summary>
/// <remarks>
/// Logs are mostly in the order of time, so most rows are later than everything stored but the latest blocks, which are known
/// (<see cref="RecentKeys"/>). For the others the keys of their time range are read; what is held here is at most the block's own keys.
/// </remarks>
internal sealed class StoredKeys(ClickHouseEngine engine, WriterState state)
{
    /// <summary>A list this long is still a short statement, and lets the engine read the accounts' rows alone.</summary>
    private const int MostAccountsNamed = 4096;

    private readonly HashSet64 _doubtful = new();
    private readonly HashSet64 _found = new();
    private readonly HashSet<ulong> _accounts = [];

    /// <summary>The rows that are stored already, ascending.</summary>
    public async Task<List<int>> FindAsync(EncodedRows block, CancellationToken cancellationToken)
    {
        _found.Clear();
        if (Doubt(block.Heads) is { } range)
        {
            await ReadAsync(range.First, range.Last, cancellationToken).ConfigureAwait(false);
        }

        var known = new List<int>();
        for (var row = 0; row < block.Heads.Count; row++)
        {
            var key = block.Heads[row].Key;
            if (state.Recent.Contains(key) || _found.Contains(key))
            {
                known.Add(row);
            }
        }

        return known;
    }

    /// <summary>Collects the rows that only the store can tell; gives the time from the first to the last of them.</summary>
    private (long First, long Last)? Doubt(List<RowHead> heads)
    {
        _doubtful.Clear();
        _accounts.Clear();
        var (first, last) = (long.MaxValue, long.MinValue);
        foreach (var head in heads)
        {
            if (head.ObservedAtMs <= state.Recent.CompleteAfter && state.Days.MayHold(head.ObservedAtMs))
            {
                _doubtful.Add(head.Key);
                _accounts.Add(head.Account);
                first = Math.Min(first, head.ObservedAtMs);
                last = Math.Max(last, head.ObservedAtMs);
            }
        }

        return _doubtful.Count == 0 ? null : (first, last);
    }

    private async Task ReadAsync(long first, long last, CancellationToken cancellationToken)
    {
        await using var rows = await engine.QueryAsync(KeysBetween(first, last), null, cancellationToken).ConfigureAwait(false);
        while (rows.Read())
        {
            var key = rows.UInt64();
            if (_doubtful.Contains(key))
            {
                _found.Add(key);
            }
        }
    }

    private Sql KeysBetween(long first, long last)
    {
        var (firstDay, lastDay) = (StoredDays.DayOf(first), StoredDays.DayOf(last));
        var query = Sql.Format(
            $"""
            SELECT key FROM interactions
            WHERE day >= toDate(toUInt16({firstDay})) AND day <= toDate(toUInt16({lastDay})) AND time >= {first} AND time <= {last}
            """);
        return _accounts.Count <= MostAccountsNamed ? query + Sql.Format($" AND account IN ({_accounts})") : query;
    }
}
