using Stillwatch.Store.Engine;

namespace Stillwatch.IntegrationTests.Store.Engine;

[Collection(EngineCollection.Name)]
public sealed class EmbeddedEngineTests : EngineContractTests
{
    private readonly string _directory = Directory.CreateTempSubdirectory("stillwatch-store-").FullName;

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    [Fact]
    public async Task Drop_InANewStore_GivesTheSpaceBackAtOnce()
    {
        var table = await TableAsync("n UInt64");
        await Engine.ExecuteAsync(Sql.Format($"DROP TABLE {table} SYNC"), null, Token).WaitAsync(TimeSpan.FromSeconds(10), Token);
    }

    [Fact]
    public async Task Open_OfTheSameDirectoryTwice_SharesIt()
    {
        var table = await TableAsync("n UInt64");
        await using (var other = await ClickHouse.OpenAsync(_directory, null, Token))
        {
            await other.ExecuteAsync(Sql.Format($"INSERT INTO {table} SELECT number FROM numbers(5)"), null, Token);
        }

        Assert.Equal(5UL, await NumberAsync(Sql.Format($"SELECT count() FROM {table}")));
    }

    [Fact]
    public async Task Open_OfAnotherDirectory_WaitsUntilTheFirstIsClosed()
    {
        var other = Path.Combine(_directory, "other");
        var refused = await Assert.ThrowsAsync<StoreUnavailableException>(() => ClickHouse.OpenAsync(other, null, Token));
        Assert.Contains($"'{_directory}' open", refused.Message, StringComparison.Ordinal);

        var rows = await Engine.QueryAsync(Sql.Of("SELECT number FROM numbers(1000000)"), null, Token);
        await Engine.DisposeAsync();
        await Assert.ThrowsAsync<StoreUnavailableException>(() => ClickHouse.OpenAsync(other, null, Token));
        await rows.DisposeAsync();
        await using var opened = await ClickHouse.OpenAsync(other, null, Token);
        await opened.ExecuteAsync(Sql.Of("SELECT 1"), null, Token);
    }

    [Fact]
    public async Task Open_Again_FindsWhatWasStored()
    {
        var table = await TableAsync("n UInt64");
        await Engine.ExecuteAsync(Sql.Format($"INSERT INTO {table} SELECT number FROM numbers(7)"), null, Token);
        await Engine.DisposeAsync();
        await using var again = await ClickHouse.OpenAsync(_directory, null, Token);
        await using var rows = await again.QueryAsync(Sql.Format($"SELECT count() FROM {table}"), null, Token);
        Assert.True(rows.Read());
        Assert.Equal(7UL, rows.UInt64());
    }

    [Theory]
    [InlineData("a b")]
    [InlineData("it's")]
    [InlineData("daten-ü-日本")]
    [InlineData("50%*?{x}")]
    public async Task Open_OfAnyPath_MakesAStoreThere(string name)
    {
        await Engine.DisposeAsync();
        var path = Path.Combine(_directory, "paths", name);
        await using var engine = await ClickHouse.OpenAsync(path, null, Token);
        await engine.ExecuteAsync(Sql.Of("CREATE TABLE t (n UInt8) ENGINE = MergeTree ORDER BY n"), null, Token);
        using var block = new ColumnBlock(Column.Of("n", ColumnType.UInt8));
        block.UInt8(1);
        block.EndRow();
        await engine.InsertAsync(SqlIdentifier.Of("t"), block, null, Token);
        Assert.True(Directory.Exists(Path.Combine(path, "store")));
    }

    [Fact]
    public async Task Engine_Closed_RefusesStatements()
    {
        await Engine.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => Engine.ExecuteAsync(Sql.Of("SELECT 1"), null, Token));
        await Engine.DisposeAsync();
    }

    [Fact]
    public async Task Result_OfAClosedReader_IsNotRead()
    {
        var rows = await Engine.QueryAsync(Sql.Of("SELECT number FROM numbers(3)"), null, Token);
        await rows.DisposeAsync();
        Assert.Throws<ObjectDisposedException>(() => rows.Read());
        Assert.Throws<ObjectDisposedException>(() => rows.UInt64());
    }

    [Fact]
    public async Task Configuration_InTheWorkingDirectory_IsNotRead()
    {
        var path = Path.Combine(Environment.CurrentDirectory, "config.xml");
        Assert.SkipWhen(File.Exists(path), $"There is a file {path} already.");
        await Engine.DisposeAsync();
        await File.WriteAllTextAsync(path, "<clickhouse><no-such", Token);
        try
        {
            await using var again = await ClickHouse.OpenAsync(_directory, null, Token);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private protected override string Address() => _directory;
}
