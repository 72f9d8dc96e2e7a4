using System.Globalization;

namespace Stillwatch.Store.Engine;

/// <summary>
/// A connection to ClickHouse: in this process or over HTTP, with the same statements and the same formats. Thread-safe; statements run at
/// the same time as far as the engine allows.
/// </summary>
/// <remarks>
/// Every method throws <see cref="ClickHouseException"/> when ClickHouse refuses or fails the statement,
/// <see cref="StoreUnavailableException"/> when it is away, its disk full or its answer broken off, <see cref="TimeoutException"/> after
/// <see cref="EngineOptions.OperationTimeout"/>, and <see cref="OperationCanceledException"/>; in the last two cases the engine is told to
/// stop the statement, and what it changed before is not known.
/// </remarks>
public abstract class ClickHouseEngine : IAsyncDisposable
{
    /// <summary>Statements up to so many characters surely fit ClickHouse's default of max_query_size, 262,144 bytes.</summary>
    private const int CharactersThatFit = 262_144 / 4;

    /// <summary>Bytes, and parts, that a statement may have: a list of values has a part for each, in 18.16 more than one.</summary>
    private static readonly string[] LimitsOfLength = ["max_query_size", "max_ast_elements", "max_expanded_ast_elements"];

    private protected ClickHouseEngine(StoreAddress address, EngineCapabilities capabilities)
    {
        Address = address;
        Capabilities = capabilities;
    }

    /// <summary>Where the store is.</summary>
    public StoreAddress Address { get; }

    /// <summary>What the connected version can do.</summary>
    public EngineCapabilities Capabilities { get; }

    /// <summary>Runs one statement that returns no rows (or whose rows do not matter) to its end.</summary>
    public abstract Task ExecuteAsync(Sql statement, QuerySettings? settings = null, CancellationToken cancellationToken = default);

    /// <summary>
    /// Starts one statement that returns rows, without FORMAT clause. The token ends the query at any time until the reader is disposed.
    /// </summary>
    public abstract Task<RowBinaryReader> QueryAsync(
        Sql query, QuerySettings? settings = null, CancellationToken cancellationToken = default);

    /// <summary>
    /// Appends the block's rows to a table, all or none per part: ClickHouse gets the block as one, so a table without PARTITION BY (or a
    /// block within one partition) gets all rows or none. A block without rows does nothing. The block stays the caller's.
    /// </summary>
    public abstract Task InsertAsync(
        SqlIdentifier table, ColumnBlock block, QuerySettings? settings = null, CancellationToken cancellationToken = default);

    /// <summary>Ends what still runs and closes the connection.</summary>
    public abstract ValueTask DisposeAsync();

    /// <summary>The settings to send with a statement: those the version knows, and room for the statement itself.</summary>
    private protected Dictionary<string, string> Resolve(Sql statement, QuerySettings? settings)
    {
        var resolved = (settings ?? QuerySettings.None).Resolve(Capabilities.Settings);
        if (statement.Text.Length > CharactersThatFit)
        {
            var room = (4L * statement.Text.Length).ToString(CultureInfo.InvariantCulture);
            foreach (var limit in LimitsOfLength)
            {
                resolved.TryAdd(limit, room);
            }
        }

        return resolved;
    }
}
