using Stillwatch.Store.Engine;

namespace Stillwatch.Store.Schema;

/// <summary>
/// The tables of the store. Texts are in <see cref="Labels"/> only; everywhere else stands their hash (<see cref="StoreKeys"/>), 0 for
/// "none". Times are milliseconds since 1970-01-01T00:00:00Z.
/// </summary>
/// <remarks>
/// Columns are compressed with ZSTD(1), on real prompts a sixth smaller than with LZ4 and no slower to write; sketches, which are
/// arrays of hashes, with LZ4, because hunts read most of them and ZSTD saves little there. Delta codecs gain nothing, as neighbours in
/// the sorting key are of one account, whose times are far apart.
/// </remarks>
internal static class StoreTables
{
    /// <summary>
    /// One row an interaction. No two rows are equal in (account, time, key): the writer sees to it, and the engine replaces them should
    /// two writers ever meet. Rows of a batch never change once it is committed. The day (UTC) follows from the time.
    /// </summary>
    public static StoreTable Interactions { get; } = new(
        SqlIdentifier.Of("interactions"),
        [.. Identity, .. Names, .. Sketch, .. Figures, .. Texts],
        Sql.Of("ReplacingMergeTree PARTITION BY day ORDER BY (account, time, key)"))
    {
        Derived = Sql.Of("day Date DEFAULT toDate(toUInt16(intDiv(time, 86400000)))"),
    };

    /// <summary>The text of every hash, by kind. A label may be there more than once until the engine merges.</summary>
    public static StoreTable Labels { get; } = new(
        SqlIdentifier.Of("labels"),
        [
            Column.Of("kind", ColumnType.UInt8),
            Column.Of("hash", ColumnType.UInt64),
            Column.Of("text", ColumnType.String),
        ],
        Sql.Of("ReplacingMergeTree ORDER BY (kind, hash)"));

    /// <summary>
    /// What is known of accounts from their registration. Of several rows of an account the one with the highest version counts.
    /// </summary>
    public static StoreTable Registrations { get; } = new(
        SqlIdentifier.Of("registrations"),
        [
            Column.Of("account", ColumnType.UInt64),
            Column.Of("created", ColumnType.Int64),
            Column.Of("organization", ColumnType.UInt64),
            Column.Of("email_domain", ColumnType.UInt64),
            Column.Of("payment", ColumnType.UInt64),
            Column.Of("country", ColumnType.UInt64),
            Column.Of("program", ColumnType.UInt64),
            Column.Of("version", ColumnType.UInt64),
        ],
        Sql.Of("ReplacingMergeTree(version) ORDER BY account"));

    /// <summary>Numbers of batches that writers took for themselves: all up to <c>last</c> are taken, used or not.</summary>
    public static StoreTable Batches { get; } = new(
        SqlIdentifier.Of("batches"),
        [Column.Of("last", ColumnType.UInt32)],
        Sql.Of("MergeTree ORDER BY last"));

    /// <summary>
    /// Batches whose rows are all there: all up to the highest <c>last</c>. A batch of several days appears in the raw table day by day, so
    /// who reads while another process writes goes by this and not by the raw table.
    /// </summary>
    public static StoreTable Commits { get; } = new(
        SqlIdentifier.Of("commits"),
        [Column.Of("last", ColumnType.UInt32)],
        Sql.Of("MergeTree ORDER BY last"));

    /// <summary>
    /// Days that were dropped: everything before day <c>before</c> since 1970-01-01, when <c>batch</c> was the last number given out.
    /// </summary>
    public static StoreTable Prunes { get; } = new(
        SqlIdentifier.Of("prunes"),
        [
            Column.Of("before", ColumnType.UInt16),
            Column.Of("batch", ColumnType.UInt32),
        ],
        Sql.Of("MergeTree ORDER BY (before, batch)"));

    /// <summary>What the store was made with and must keep to.</summary>
    public static StoreTable Settings { get; } = new(
        SqlIdentifier.Of("settings"),
        [
            Column.Of("name", ColumnType.String),
            Column.Of("value", ColumnType.String),
        ],
        Sql.Of("ReplacingMergeTree ORDER BY name"));

    /// <summary>Versions of the schema that were reached.</summary>
    public static StoreTable SchemaVersions { get; } = new(
        SqlIdentifier.Of("schema_versions"),
        [Column.Of("version", ColumnType.UInt32)],
        Sql.Of("MergeTree ORDER BY version"));

    private static Column[] Identity =>
    [
        Column.Of("batch", ColumnType.UInt32),
        Column.Of("time", ColumnType.Int64),
        Column.Of("account", ColumnType.UInt64),
        Column.Of("key", ColumnType.UInt64),
    ];

    private static Column[] Names =>
    [
        Column.Of("organization", ColumnType.UInt64),
        Column.Of("api_key", ColumnType.UInt64),
        Column.Of("model", ColumnType.UInt64),
        Column.Of("operation", ColumnType.UInt64),
        Column.Of("finish", ColumnType.UInt64),
        Column.Of("address", ColumnType.UInt64),
        Column.Of("network", ColumnType.UInt64),
        Column.Of("asn", ColumnType.UInt32),
        Column.Of("country", ColumnType.UInt16),
        Column.Of("agent", ColumnType.UInt64),
        Column.Of("ja4", ColumnType.UInt64),
    ];

    private static Column[] Sketch =>
    [
        Column.Of("system", ColumnType.UInt64),
        Column.Of("tools", ColumnType.UInt64),
        Column.Of("parameters", ColumnType.UInt64),
        Column.Of("prompt", ColumnType.UInt64),
        Column.Of("opening", ColumnType.UInt64),
        Column.Of("phrases", ColumnType.Array(ColumnType.UInt64)),
        Column.Of("words", ColumnType.Array(ColumnType.UInt32)),
        Column.Of("elicitation", ColumnType.UInt8),
        Column.Of("prompt_bytes", ColumnType.UInt32),
        Column.Of("messages", ColumnType.UInt16),
    ];

    private static Column[] Figures =>
    [
        Column.Of("input_tokens", ColumnType.UInt32),
        Column.Of("output_tokens", ColumnType.UInt32),
        Column.Of("reasoning_tokens", ColumnType.UInt32),
        Column.Of("status", ColumnType.UInt16),
        Column.Of("latency_ms", ColumnType.UInt32),
    ];

    private static Column[] Texts =>
    [
        Column.Of("system_text", ColumnType.String),
        Column.Of("messages_text", ColumnType.String),
        Column.Of("tools_text", ColumnType.String),
        Column.Of("response_text", ColumnType.String),
    ];
}
