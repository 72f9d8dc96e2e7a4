namespace Stillwatch.Store.Engine.Embedded;

/// <summary>ClickHouse in this process, on a directory (libchdb).</summary>
internal sealed class EmbeddedEngine : ClickHouseEngine
{
    private readonly OpenDirectory _directory;
    private readonly EngineOptions _options;
    private int _disposed;

    private EmbeddedEngine(StoreAddress address, EngineOptions options, OpenDirectory directory, EngineCapabilities capabilities)
        : base(address, capabilities) => (_directory, _options) = (directory, options);

    internal static async Task<ClickHouseEngine> OpenAsync(StoreAddress address, EngineOptions options, CancellationToken cancellationToken)
    {
        var directory = await Task.Run(() => OpenDirectory.Acquire(address.Directory!, options), cancellationToken).ConfigureAwait(false);
        var bare = new EmbeddedEngine(address, options, directory, new(new(0, 0), []));
        try
        {
            var capabilities = await CapabilitiesQuery.AskAsync(bare, cancellationToken).ConfigureAwait(false);
            return new EmbeddedEngine(address, options, directory, capabilities);
        }
        catch
        {
            directory.Dispose();
            throw;
        }
    }

    public override async Task ExecuteAsync(Sql statement, QuerySettings? settings = null, CancellationToken cancellationToken = default) =>
        await RunAsync(statement.Text, Resolve(statement, settings), cancellationToken).ConfigureAwait(false);

    public override async Task<RowBinaryReader> QueryAsync(
        Sql query, QuerySettings? settings = null, CancellationToken cancellationToken = default)
    {
        ThrowIfDisposed();
        var marked = MarkedStatement.Mark(query.Text);
        var limit = Limit(marked.Marker, cancellationToken);
        ChdbConnection? connection = null;
        try
        {
            connection = await _directory.LeaseAsync(limit.Token).ConfigureAwait(false);
            var source = new ChdbResultSource(_directory, connection, limit, marked);
            await Task.Run(() => source.Start(Resolve(query, settings)), CancellationToken.None).ConfigureAwait(false);
            return new(source);
        }
        catch (Exception e)
        {
            var told = Translate(e, limit);
            await EndAsync(connection, limit).ConfigureAwait(false);
            if (told is not null)
            {
                throw told;
            }

            throw;
        }
    }

    public override async Task InsertAsync(
        SqlIdentifier table, ColumnBlock block, QuerySettings? settings = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(block);
        if (block.Rows == 0)
        {
            return;
        }

        using var file = MemoryFile.Holding(block);
        var structure = string.Join(", ", block.Columns.Select(static column => $"{column.Name} {column.Type}"));
        var names = block.Columns.Select(static column => column.Name);
        var statement = Sql.Format($"INSERT INTO {table} ({names}) SELECT * FROM file({file.Path}, 'Native', {structure})");
        var resolved = Resolve(statement, AsOneBlock(block.Rows).With(settings ?? QuerySettings.None));
        var written = await RunAsync(statement.Text, resolved, cancellationToken).ConfigureAwait(false);
        if (written < (ulong)block.Rows)
        {
            throw new ClickHouseException(0, $"Of {block.Rows} rows {written} were written", statement.Text);
        }
    }

    public override ValueTask DisposeAsync() =>
        Interlocked.Exchange(ref _disposed, 1) == 0 ? new(Task.Run(_directory.Dispose)) : ValueTask.CompletedTask;

    /// <summary>What the caller is told instead of an exception of a statement that its limit ended.</summary>
    internal static Exception? Translate(Exception e, OperationLimit limit)
    {
        var ended = e is OperationCanceledException or ClickHouseException { Code: ClickHouseException.QueryWasCancelled };
        return ended && limit.Token.IsCancellationRequested ? limit.Ended(e) : null;
    }

    /// <summary>Keeps the engine from cutting one block into several parts, which would not appear together.</summary>
    private static QuerySettings AsOneBlock(int rows) => QuerySettings.None
        .With("min_insert_block_size_rows", rows)
        .With("min_insert_block_size_bytes", 0)
        .With("max_insert_threads", 1)
        .With("max_threads", 1);

    private async Task<ulong> RunAsync(string statement, Dictionary<string, string> settings, CancellationToken cancellationToken)
    {
        ThrowIfDisposed();
        var marked = MarkedStatement.Mark(statement);
        var limit = Limit(marked.Marker, cancellationToken);
        ChdbConnection? connection = null;
        try
        {
            connection = await _directory.LeaseAsync(limit.Token).ConfigureAwait(false);
            return await Task.Run(() => connection.Execute(marked, settings), CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception e) when (Translate(e, limit) is { } translated)
        {
            throw translated;
        }
        finally
        {
            await EndAsync(connection, limit).ConfigureAwait(false);
        }
    }

    private async Task EndAsync(ChdbConnection? connection, OperationLimit limit)
    {
        await limit.DisposeAsync().ConfigureAwait(false);
        if (connection is not null)
        {
            _directory.Return(connection);
        }
    }

    private OperationLimit Limit(string marker, CancellationToken cancellationToken) =>
        new(_options, () => Task.Run(() => _directory.Kill(marker)), cancellationToken);

    private void ThrowIfDisposed() => ObjectDisposedException.ThrowIf(_disposed != 0, typeof(ClickHouseEngine));
}
