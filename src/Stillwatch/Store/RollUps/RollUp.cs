using Stillwatch.Store.Engine;

namespace Stillwatch.Store.RollUps;

/// <summary>Keeps the roll-ups up to date, at a cost that follows the new interactions and the accounts they touch.</summary>
/// <remarks>
/// Ways in are added up batch by batch. Repetition is counted over an account's whole history, so it is counted anew for the
/// accounts that the new batches touch. An update writes its epoch and then, as its last act, its line of the ledger; what an
/// update that was killed had written is dropped by the next one. One user at a time: who rolls up holds the store's turn
/// (<see cref="InteractionStore.TakeRollUpsAsync"/>) until it has read what it needs; of several processes on one server only one may hunt.
/// </remarks>
public sealed class RollUp
{
    /// <summary>Fewer uses of a phrase by one account are not repetition.</summary>
    public const int MinRepetitions = 3;

    /// <summary>Stands in the ledger for "a replay": no store is pruned that often, so the next hunt starts afresh.</summary>
    private const ulong ReplayMark = ulong.MaxValue;

    /// <summary>More epochs than these are folded into one. Readers go through the rows of all of them.</summary>
    private const int MaxEpochs = 8;

    /// <summary>History is read in ranges of accounts with about so many interactions each, which bounds memory to some 200 MB.</summary>
    private const ulong InteractionsARange = 2_000_000;

    /// <summary>How much longer ranges are when only some accounts are touched.</summary>
    private const ulong TouchedFactor = 4;

    /// <summary>A range leaves processors idle while its groups are put together; the next one uses them.</summary>
    private const int RangesAtOnce = 2;

    private readonly ClickHouseEngine _engine;

    /// <param name="engine">The engine of a store with the present schema.</param>
    public RollUp(ClickHouseEngine engine) => _engine = engine;

    /// <summary>Rolls up what was added to the store since the last update and returns where the roll-ups stand.</summary>
    public async Task<RollUpState> UpdateAsync(CancellationToken cancellationToken)
    {
        await CreateTablesAsync(cancellationToken).ConfigureAwait(false);
        var state = await StateAsync(cancellationToken).ConfigureAwait(false);
        var prunes = await NumberAsync(Sql.Of("SELECT count() FROM prunes"), cancellationToken).ConfigureAwait(false);
        if (state.Prunes != prunes)
        {
            state = await ResetAsync(prunes, cancellationToken).ConfigureAwait(false);
        }

        var top = (uint)await NumberAsync(Sql.Of("SELECT toUInt64(max(last)) FROM commits"), cancellationToken).ConfigureAwait(false);
        if (top <= state.Through)
        {
            return state;
        }

        var next = state with { Epoch = state.Epoch + 1, Through = top };
        var slice = new RollUpSlice(
            Sql.Format($"batch > {state.Through} AND batch <= {top}"), Sql.Format($"batch <= {top}"), state.Epoch == 0);
        return await AddAsync(next, slice, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Forgets the roll-ups and begins a replay: from here on, time decides what is rolled up.</summary>
    public async Task<RollUpState> BeginReplayAsync(CancellationToken cancellationToken)
    {
        await CreateTablesAsync(cancellationToken).ConfigureAwait(false);
        return await ResetAsync(ReplayMark, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Rolls up the next slice of time of a replay.</summary>
    /// <param name="state">Where the replay stands.</param>
    /// <param name="afterMs">Exclusive begin of the slice, in milliseconds since 1970-01-01T00:00:00Z.</param>
    /// <param name="throughMs">Inclusive end of the slice.</param>
    /// <param name="cancellationToken">Ends the update; begin the replay anew afterwards.</param>
    public Task<RollUpState> AdvanceAsync(RollUpState state, long afterMs, long throughMs, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(state);
        var slice = new RollUpSlice(
            Sql.Format($"time > {afterMs} AND time <= {throughMs}"), Sql.Format($"time <= {throughMs}"), state.Epoch == 0);
        return AddAsync(state with { Epoch = state.Epoch + 1 }, slice, cancellationToken);
    }

    private async Task<RollUpState> AddAsync(RollUpState next, RollUpSlice slice, CancellationToken cancellationToken)
    {
        await DropEpochAsync(next.Epoch, cancellationToken).ConfigureAwait(false);
        await DropFoldedAsync(next.Base, cancellationToken).ConfigureAwait(false);
        var ranges = await RangesAsync(slice, cancellationToken).ConfigureAwait(false);
        var options = new ParallelOptions { CancellationToken = cancellationToken, MaxDegreeOfParallelism = RangesAtOnce };
        await Parallel.ForEachAsync(ranges, options, async (accounts, token) =>
        {
            await AddClientsAsync(next.Epoch, Sql.Format($"{accounts} AND {slice.New}"), token).ConfigureAwait(false);
            var touched = slice.IsFirst
                ? accounts
                : Sql.Format($"account IN (SELECT account FROM account_clients WHERE epoch = {next.Epoch} AND {accounts})");
            await CountRepetitionAsync(next.Epoch, Sql.Format($"{touched} AND {slice.Known}"), token).ConfigureAwait(false);
        }).ConfigureAwait(false);
        await CommitAsync(next, cancellationToken).ConfigureAwait(false);
        return next.Epoch - next.Base + 1 > MaxEpochs ? await FoldAsync(next, cancellationToken).ConfigureAwait(false) : next;
    }

    private async Task CreateTablesAsync(CancellationToken cancellationToken)
    {
        foreach (var table in new[] { RollUpTables.Ledger, RollUpTables.Clients, RollUpTables.Phrases })
        {
            await _engine.ExecuteAsync(table.Create(_engine.Capabilities), null, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<RollUpState> StateAsync(CancellationToken cancellationToken)
    {
        var query = Sql.Of("SELECT epoch, base, through, prunes FROM rollups ORDER BY epoch DESC LIMIT 1");
        await using var rows = await _engine.QueryAsync(query, null, cancellationToken).ConfigureAwait(false);
        return rows.Read() ? new RollUpState(rows.UInt32(), rows.UInt32(), rows.UInt32(), rows.UInt64()) : new RollUpState(0, 1, 0, 0);
    }

    /// <summary>Forgets all roll-ups; the ledger goes first, so that what is left of the others is not read.</summary>
    private async Task<RollUpState> ResetAsync(ulong prunes, CancellationToken cancellationToken)
    {
        foreach (var table in new[] { RollUpTables.Ledger, RollUpTables.Clients, RollUpTables.Phrases })
        {
            await _engine.ExecuteAsync(Sql.Format($"TRUNCATE TABLE {table.Name}"), null, cancellationToken).ConfigureAwait(false);
        }

        return new RollUpState(0, 1, 0, prunes);
    }

    /// <summary>Drops what a fold that was killed left of the epochs it had folded.</summary>
    private async Task DropFoldedAsync(uint first, CancellationToken cancellationToken)
    {
        var folded = new SortedSet<uint>();
        foreach (var table in new[] { RollUpTables.Clients, RollUpTables.Phrases })
        {
            var query = Sql.Format($"SELECT DISTINCT epoch FROM {table.Name} WHERE epoch < {first}");
            await using var rows = await _engine.QueryAsync(query, null, cancellationToken).ConfigureAwait(false);
            while (rows.Read())
            {
                folded.Add(rows.UInt32());
            }
        }

        foreach (var epoch in folded)
        {
            await DropEpochAsync(epoch, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task DropEpochAsync(uint epoch, CancellationToken cancellationToken)
    {
        foreach (var table in new[] { RollUpTables.Clients, RollUpTables.Phrases })
        {
            var drop = Sql.Format($"ALTER TABLE {table.Name} DROP PARTITION {epoch}");
            await _engine.ExecuteAsync(drop, null, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>A client of which nothing is known is none: its fingerprint is 0.</summary>
    private Task AddClientsAsync(uint epoch, Sql condition, CancellationToken cancellationToken) =>
        _engine.ExecuteAsync(
            Sql.Format(
                $"""
                INSERT INTO account_clients (epoch, account, organization, model, address, network, client, interactions, first, last)
                SELECT {epoch}, account, organization, model, address, network, client, count(), min(time), max(time)
                FROM (SELECT account, organization, model, address, network, time,
                        if(asn = 0 AND agent = 0 AND ja4 = 0 AND parameters = 0,
                          toUInt64(0), cityHash64(asn, agent, ja4, parameters)) AS client
                      FROM interactions WHERE {condition})
                GROUP BY account, organization, model, address, network, client
                """),
            null,
            cancellationToken);

    private async Task CountRepetitionAsync(uint epoch, Sql condition, CancellationToken cancellationToken)
    {
        foreach (var repeated in new[] { Phrases(condition), Wholes(condition) })
        {
            var insert = Sql.Format($"INSERT INTO account_phrases (epoch, account, kind, value, interactions) SELECT {epoch}, * FROM ");
            await _engine.ExecuteAsync(insert + repeated, null, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Conditions that cut the accounts of a slice into ranges: each with a bounded part of the history, and few enough for the processor's
    /// caches, which makes grouping faster than in one go.
    /// </summary>
    private async Task<IReadOnlyList<Sql>> RangesAsync(RollUpSlice slice, CancellationToken cancellationToken)
    {
        var count = await NumberAsync(Sql.Format($"SELECT count() FROM interactions WHERE {slice.Known}"), cancellationToken)
            .ConfigureAwait(false);
        var most = slice.IsFirst ? InteractionsARange : TouchedFactor * InteractionsARange;
        var ranges = Math.Max(1, (count + most - 1) / most);
        var width = ulong.MaxValue / ranges;
        return Enumerable.Range(0, (int)ranges).Select(range => Range((ulong)range)).ToList();

        Sql Range(ulong range) => Sql.Format(
            $"account >= {width * range} AND account <= {(range == ranges - 1 ? ulong.MaxValue : (width * (range + 1)) - 1)}");
    }

    /// <summary>
    /// The phrases that accounts repeat: each account's are sorted, so that a phrase's last place knows how often it came. Grouping by
    /// account alone and counting in arrays takes a fifth of the time of grouping by account and phrase, of which nearly all come once.
    /// </summary>
    private static Sql Phrases(Sql condition) => Sql.Format(
        $"""
        (SELECT account, 1 AS kind, value, uses FROM
          (SELECT account,
             arrayFilter((phrase, place, next) -> place >= {MinRepetitions} AND phrase != next, sorted, places, nexts) AS repeated,
             arrayFilter((place, phrase, next) -> place >= {MinRepetitions} AND phrase != next, places, sorted, nexts) AS counts
           FROM
             (SELECT account, sorted, arrayEnumerateUniq(sorted) AS places, arrayPushBack(arrayPopFront(sorted), toUInt64(0)) AS nexts
              FROM (SELECT account, arraySort(groupArrayArray(phrases)) AS sorted
                    FROM interactions WHERE {condition} AND notEmpty(phrases) GROUP BY account)))
         ARRAY JOIN repeated AS value, counts AS uses)
        """);

    /// <summary>The system prompts and sets of tools that accounts repeat.</summary>
    private static Sql Wholes(Sql condition) => Sql.Format(
        $"""
        (SELECT account, kind, value, count() AS uses FROM
           (SELECT account, system, tools FROM interactions WHERE {condition} AND (system != 0 OR tools != 0))
         ARRAY JOIN [2, 3] AS kind, [system, tools] AS value
         WHERE value != 0 GROUP BY account, kind, value HAVING uses >= {MinRepetitions})
        """);

    private Task CommitAsync(RollUpState state, CancellationToken cancellationToken) =>
        _engine.ExecuteAsync(
            Sql.Format(
                $"INSERT INTO rollups (epoch, base, through, prunes) SELECT {state.Epoch}, {state.Base}, {state.Through}, {state.Prunes}"),
            null,
            cancellationToken);

    /// <summary>Writes what counts of all epochs into one new epoch, from which alone everything is read afterwards.</summary>
    private async Task<RollUpState> FoldAsync(RollUpState state, CancellationToken cancellationToken)
    {
        var folded = state with { Epoch = state.Epoch + 1, Base = state.Epoch + 1 };
        await DropEpochAsync(folded.Epoch, cancellationToken).ConfigureAwait(false);
        await _engine.ExecuteAsync(
            Sql.Format(
                $"""
                INSERT INTO account_clients (epoch, account, organization, model, address, network, client, interactions, first, last)
                SELECT {folded.Epoch}, account, organization, model, address, network, client, sum(interactions), min(first), max(last)
                FROM account_clients WHERE epoch >= {state.Base} AND epoch <= {state.Epoch}
                GROUP BY account, organization, model, address, network, client
                """),
            null,
            cancellationToken).ConfigureAwait(false);
        await _engine.ExecuteAsync(
            Sql.Format(
                $"""
                INSERT INTO account_phrases (epoch, account, kind, value, interactions)
                SELECT {folded.Epoch}, account, kind, value, interactions FROM account_phrases
                WHERE {LatestPhrases(state)}
                """),
            null,
            cancellationToken).ConfigureAwait(false);
        await CommitAsync(folded, cancellationToken).ConfigureAwait(false);
        for (var epoch = state.Base; epoch <= state.Epoch; epoch++)
        {
            await DropEpochAsync(epoch, cancellationToken).ConfigureAwait(false);
        }

        return folded;
    }

    /// <summary>The condition on <c>account_phrases</c> that selects the rows that count.</summary>
    private static Sql LatestPhrases(RollUpState state) => state.Base == state.Epoch
        ? Sql.Format($"epoch = {state.Epoch}")
        : Sql.Format(
            $"""
            epoch >= {state.Base} AND epoch <= {state.Epoch} AND (account, epoch) IN
            (SELECT account, max(epoch) FROM account_phrases WHERE epoch >= {state.Base} AND epoch <= {state.Epoch} GROUP BY account)
            """);

    private async Task<ulong> NumberAsync(Sql query, CancellationToken cancellationToken)
    {
        await using var rows = await _engine.QueryAsync(query, null, cancellationToken).ConfigureAwait(false);
        return rows.Read() ? rows.UInt64() : 0;
    }
}
