using Stillwatch.Store.Engine;

namespace Stillwatch.IntegrationTests.Store.Engine;

/// <summary>What both transports promise; run once on each.</summary>
public abstract partial class EngineContractTests : IAsyncLifetime
{
    private protected ClickHouseEngine Engine { get; private set; } = null!;

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => Engine = await ClickHouse.OpenAsync(Address(), new(), Token);

    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (Engine is { } engine)
        {
            await engine.DisposeAsync();
        }
    }

    [Fact]
    public async Task Query_OfNoRows_EndsAtOnce()
    {
        await using var rows = await Engine.QueryAsync(Sql.Of("SELECT 1 WHERE 0"), null, Token);
        Assert.False(rows.Read());
        Assert.False(rows.Read());
    }

    [Fact]
    public async Task Query_OfEveryType_ReadsItsValues()
    {
        await using var rows = await Engine.QueryAsync(
            Sql.Of("""
                SELECT toUInt8(200), toUInt16(60000), toUInt32(4000000000), toUInt64(18446744073709551615),
                toInt32(-5), toInt64(-9223372036854775808), toFloat32(1.5), toFloat64(-0.1), 'a b', toFixedString('xyz', 3),
                [toUInt64(1), 2, 3], ['a', ''] -- with a comment at its end
                """),
            null,
            Token);
        Assert.True(rows.Read());
        Assert.Equal(200, rows.UInt8());
        Assert.Equal(60000, rows.UInt16());
        Assert.Equal(4000000000, rows.UInt32());
        Assert.Equal(ulong.MaxValue, rows.UInt64());
        Assert.Equal(-5, rows.Int32());
        Assert.Equal(long.MinValue, rows.Int64());
        Assert.Equal(1.5f, rows.Float32());
        Assert.Equal(-0.1, rows.Float64());
        Assert.Equal("a b"u8, rows.String());
        Assert.Equal("xyz"u8, rows.FixedString(3));
        Assert.Equal([1UL, 2UL, 3UL], rows.UInt64Array().ToArray());
        Assert.Equal(2, rows.ArrayLength());
        Assert.Equal("a", rows.Text());
        Assert.Equal("", rows.Text());
        Assert.False(rows.Read());
    }

    [Fact]
    public async Task Query_OfManyRows_ArrivesWhole()
    {
        const int Rows = 2_000_000;
        await using var rows = await Engine.QueryAsync(Sql.Format($"SELECT number, toString(number) FROM numbers({Rows})"), null, Token);
        var next = 0UL;
        Span<byte> expected = stackalloc byte[20];
        while (rows.Read())
        {
            Assert.Equal(next, rows.UInt64());
            next.TryFormat(expected, out var length);
            Assert.True(rows.String().SequenceEqual(expected[..length]));
            next++;
        }

        Assert.Equal((ulong)Rows, next);
    }

    [Fact]
    public async Task Query_WithAValueLongerThanABuffer_ReadsIt()
    {
        await using var rows = await Engine.QueryAsync(
            Sql.Of("SELECT arrayStringConcat(arrayMap(x -> toString(x), range(1000000))), toUInt8(7)"), null, Token);
        Assert.True(rows.Read());
        Assert.Equal(Enumerable.Range(0, 1_000_000).Sum(static x => x.ToString().Length), rows.String().Length);
        Assert.Equal(7, rows.UInt8());
        Assert.False(rows.Read());
    }

    [Fact]
    public async Task Query_FailingAfterMillionsOfRows_IsNeverTakenForComplete()
    {
        var failure = await Assert.ThrowsAsync<ClickHouseException>(async () =>
        {
            await using var rows = await Engine.QueryAsync(
                Sql.Of("SELECT throwIf(number = 5000000), number FROM numbers(10000000)"), null, Token);
            while (rows.Read())
            {
                rows.UInt8();
                rows.UInt64();
            }
        });
        Assert.Equal(395, failure.Code);
    }

    [Fact]
    public async Task Query_ThatIsNoSql_TellsCodeAndStatement()
    {
        var failure = await Assert.ThrowsAsync<ClickHouseException>(() => Engine.QueryAsync(Sql.Of("SELECT FROM WHERE"), null, Token));
        Assert.Equal(62, failure.Code);
        Assert.Contains("SELECT FROM WHERE", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("DB::Exception", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Query_ReadAsOtherColumns_ThrowsMalformedResult()
    {
        await using var rows = await Engine.QueryAsync(Sql.Of("SELECT toUInt8(255)"), null, Token);
        Assert.True(rows.Read());
        Assert.Throws<MalformedResultException>(() => rows.UInt64());
    }

    [Fact]
    public async Task Settings_OfAQuery_HoldForItAlone()
    {
        var small = QuerySettings.None.With("max_memory_usage", 1_000_000).WithOptional("no_version_knows_this", 1);
        var query = Sql.Of("SELECT uniqExact(number) FROM numbers(1000000)");
        var failure = await Assert.ThrowsAsync<ClickHouseException>(() => Engine.QueryAsync(query, small, Token));
        Assert.Equal(ClickHouseException.MemoryLimitExceeded, failure.Code);
        Assert.Equal(1_000_000UL, await NumberAsync(query));
    }

    [Fact]
    public async Task Settings_UnknownToTheEngine_AreRefused()
    {
        var failure = await Assert.ThrowsAsync<ClickHouseException>(
            () => Engine.QueryAsync(Sql.Of("SELECT 1"), QuerySettings.None.With("no_version_knows_this", 1), Token));
        Assert.Equal(115, failure.Code);
        Assert.Equal(1UL, await NumberAsync(Sql.Of("SELECT toUInt64(1)")));
    }

    [Fact]
    public async Task Query_LongerThanTheEnginesLimit_Runs()
    {
        var numbers = Enumerable.Range(0, 60_000).Select(static i => (ulong)i * 1_000_003);
        Assert.Equal(60_000UL, await NumberAsync(Sql.Format($"SELECT countIf(number * 1000003 IN ({numbers})) FROM numbers(100000)")));
    }

    [Fact]
    public async Task Query_OfMetadata_IsReadLikeAnyOther()
    {
        await TableAsync("n UInt32", "shown");
        await using (var tables = await Engine.QueryAsync(Sql.Of("SHOW TABLES LIKE 'shown'"), null, Token))
        {
            Assert.True(tables.Read());
            Assert.Equal("shown", tables.Text());
            Assert.False(tables.Read());
        }

        await using var none = await Engine.QueryAsync(Sql.Of("SHOW TABLES LIKE 'hidden'"), null, Token);
        Assert.False(none.Read());
        await Assert.ThrowsAsync<ClickHouseException>(() => Engine.QueryAsync(Sql.Of("DESCRIBE TABLE hidden"), null, Token));
    }

    [Fact]
    public async Task Queries_ByTwoThreadsAndWithinAResult_Run()
    {
        await using var outer = await Engine.QueryAsync(Sql.Of("SELECT number FROM numbers(300000)"), null, Token);
        Assert.True(outer.Read());
        var sums = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => NumberAsync(
            Sql.Format($"SELECT sum(number + {i}) FROM numbers(1000000)")))));
        Assert.Equal(Enumerable.Range(0, 8).Select(static i => 499999500000UL + ((ulong)i * 1000000)), sums);
        var count = 0;
        do
        {
            outer.UInt64();
            count++;
        }
        while (outer.Read());
        Assert.Equal(300000, count);
    }

    [Fact]
    public async Task Query_Cancelled_StopsInTheEngine()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        stop.CancelAfter(TimeSpan.FromMilliseconds(300));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => NumberUntilAsync(EndlessQuery, stop.Token));
        Assert.True(await IsGoneAsync());
    }

    [Fact]
    public async Task Query_OverItsTime_StopsInTheEngine()
    {
        await using var hasty = await ClickHouse.OpenAsync(Address(), new() { OperationTimeout = TimeSpan.FromMilliseconds(300) }, Token);
        var failure = await Assert.ThrowsAsync<TimeoutException>(() => hasty.QueryAsync(EndlessQuery, null, Token));
        Assert.Contains("00:00:00.3", failure.Message, StringComparison.Ordinal);
        Assert.True(await IsGoneAsync());
    }

    [Fact]
    public async Task Query_LeftBeforeItsEnd_GivesTheConnectionBack()
    {
        for (var i = 0; i < 100; i++)
        {
            await using var rows = await Engine.QueryAsync(Sql.Of("SELECT number FROM numbers(1000000)"), null, Token);
            Assert.True(rows.Read());
            Assert.Equal(0UL, rows.UInt64());
        }

        Assert.Equal(3UL, await NumberAsync(Sql.Of("SELECT toUInt64(3)")));
    }

    [Fact]
    public async Task Capabilities_AreWhatTheEngineHas()
    {
        await Agrees(Engine.Capabilities.HasColumnCodecs, "CREATE TABLE p1 (a UInt64 CODEC(Delta, ZSTD)) ENGINE = Log");
        await Agrees(Engine.Capabilities.HasTimeToLive, "CREATE TABLE p2 (a DateTime) ENGINE = MergeTree ORDER BY tuple() TTL a + 1");
        await Agrees(Engine.Capabilities.HasLowCardinality, "CREATE TABLE p3 (a LowCardinality(String)) ENGINE = Memory");
        await Agrees(Engine.Capabilities.HasDateTime64, "CREATE TABLE p4 (a DateTime64(3)) ENGINE = MergeTree ORDER BY tuple()");
        await Agrees(Engine.Capabilities.HasWindowFunctions, "SELECT sum(number) OVER (ORDER BY number) FROM numbers(3)");
        await Agrees(Engine.Capabilities.HasSynchronousDrop, "DROP TABLE IF EXISTS p1 SYNC");
        await TableAsync("n UInt32", "p5");
        await Agrees(Engine.Capabilities.HasLightweightDeletes, "DELETE FROM p5 WHERE n = 1");
    }

    private protected abstract string Address();

    private protected async Task<SqlIdentifier> TableAsync(string columns, string name = "t")
    {
        var table = SqlIdentifier.Of(name);
        await Engine.ExecuteAsync(Sql.Format($"DROP TABLE IF EXISTS {table}"), null, Token);
        await Engine.ExecuteAsync(
            Sql.Format($"CREATE TABLE {table} (") + Verbatim(columns) + Sql.Of(") ENGINE = MergeTree ORDER BY tuple()"), null, Token);
        return table;
    }

    private protected Task<ulong> NumberAsync(Sql query) => NumberUntilAsync(query, Token);

    private protected async Task<ulong> NumberUntilAsync(Sql query, CancellationToken token)
    {
        await using var rows = await Engine.QueryAsync(query, null, token);
        Assert.True(rows.Read());
        return rows.UInt64();
    }

    private static Sql CountEndless => Sql.Of("""
        SELECT count() FROM system.processes
        WHERE position(query, 'sipHash64(number, \'endless') > 0 AND query NOT LIKE '%processes%'
        """);

    private static Sql EndlessQuery => Sql.Of("SELECT count() FROM numbers(1000000000000) WHERE sipHash64(number, 'endless') = 1");

#pragma warning disable CA1857 // The test's own constants, passed on.
    private static Sql Verbatim(string text) => Sql.Of(text);
#pragma warning restore CA1857

    private async Task Agrees(bool claimed, string statement)
    {
        var failure = await Record.ExceptionAsync(() => Engine.ExecuteAsync(Verbatim(statement), null, Token));
        Assert.True(claimed == failure is null, $"{statement}: claimed {claimed}, {failure?.Message ?? "accepted"}");
    }

    private async Task<bool> IsGoneAsync()
    {
        for (var i = 0; i < 100; i++)
        {
            if (await NumberAsync(CountEndless) == 0)
            {
                return true;
            }

            await Task.Delay(100, Token);
        }

        return false;
    }
}
