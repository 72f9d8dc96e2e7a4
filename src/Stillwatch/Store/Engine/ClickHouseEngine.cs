namespace Stillwatch.Store.Engine;

/// <summary>
/// A connection to ClickHouse: in this process or over HTTP, with the same statements and the same formats. Thread-safe; statements run at the
/// same time as far as the engine allows.
/// </summary>
/// <remarks>
/// Every method throws <see cref="ClickHouseException"/> when ClickHouse refuses or fails the statement,
/// <see cref="StoreUnavailableException"/> when it is away, its disk full or its answer broken off, <see cref="TimeoutException"/> after
/// <see cref="EngineOptions.OperationTimeout"/>, and <see cref="OperationCanceledException"/>; in the last two cases the engine is told to stop
/// the statement, and what it changed before is not known.
/// </remarks>
public abstract class ClickHouseEngine : IAsyncDisposable
{
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
    /// Starts one SELECT or SHOW, without FORMAT clause. The token ends the query at any time until the reader is disposed.
    /// </summary>
    public abstract Task<RowBinaryReader> QueryAsync(Sql query, QuerySettings? settings = null, CancellationToken cancellationToken = default);

    /// <summary>
    /// Appends the block's rows to a table, all or none per part: ClickHouse gets the block as one, so a table without PARTITION BY (or a block
    /// within one partition) gets all rows or none. A block without rows does nothing. The block stays the caller's.
    /// </summary>
    public abstract Task InsertAsync(
        SqlIdentifier table, ColumnBlock block, QuerySettings? settings = null, CancellationToken cancellationToken = default);

    /// <summary>Ends what still runs and closes the connection.</summary>
    public abstract ValueTask DisposeAsync();
}
