using Stillwatch.Store.Engine;
using Stillwatch.Store.Schema;

namespace Stillwatch.Store.RollUps;

/// <summary>
/// What a hunt reads instead of the history. Every row belongs to an epoch, one update of the roll-ups; only epochs that
/// the ledger names count, so an update that was cut short leaves nothing behind that anybody reads.
/// </summary>
internal static class RollUpTables
{
    /// <summary>
    /// One row a finished update: everything up to batch <c>through</c> is rolled up, and the epochs from <c>base</c> on count.
    /// <c>prunes</c> is how often the store had been pruned.
    /// </summary>
    public static StoreTable Ledger { get; } = new(
        SqlIdentifier.Of("rollups"),
        [
            Column.Of("epoch", ColumnType.UInt32),
            Column.Of("base", ColumnType.UInt32),
            Column.Of("through", ColumnType.UInt32),
            Column.Of("prunes", ColumnType.UInt64),
        ],
        Sql.Of("MergeTree ORDER BY epoch"));

    /// <summary>How often each account came each way; epochs add up.</summary>
    public static StoreTable Clients { get; } = new(
        SqlIdentifier.Of("account_clients"),
        [
            Column.Of("epoch", ColumnType.UInt32),
            Column.Of("account", ColumnType.UInt64),
            Column.Of("organization", ColumnType.UInt64),
            Column.Of("model", ColumnType.UInt64),
            Column.Of("address", ColumnType.UInt64),
            Column.Of("network", ColumnType.UInt64),
            Column.Of("client", ColumnType.UInt64),
            Column.Of("interactions", ColumnType.UInt64),
            Column.Of("first", ColumnType.Int64),
            Column.Of("last", ColumnType.Int64),
        ],
        Sql.Of("MergeTree PARTITION BY epoch ORDER BY account"));

    /// <summary>
    /// What each account repeats; of an account's rows those of its latest epoch count. <c>kind</c> is 1 for a phrase, 2 for a
    /// system prompt, 3 for a set of tools.
    /// </summary>
    public static StoreTable Phrases { get; } = new(
        SqlIdentifier.Of("account_phrases"),
        [
            Column.Of("epoch", ColumnType.UInt32),
            Column.Of("account", ColumnType.UInt64),
            Column.Of("kind", ColumnType.UInt8),
            Column.Of("value", ColumnType.UInt64),
            Column.Of("interactions", ColumnType.UInt64),
        ],
        Sql.Of("MergeTree PARTITION BY epoch ORDER BY account"));
}
