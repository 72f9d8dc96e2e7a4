using System.Text;
using Stillwatch.Store.Engine;

namespace Stillwatch.IntegrationTests.Store.Engine;

/// <content>Values: in statements, and in blocks to insert.</content>
public abstract partial class EngineContractTests
{
    private const int Seed = 20261120;

    private static readonly string[] HostileTexts =
    [
        "", "'", "''", "\\", "\\'", "'; DROP TABLE t; --", "\0", "a\0b", "\n", "\r\n\r\n", "\t\b\f", "\\n", "\\x41", "`", "\"",
        "--", "/*", "*/", "{x:String}",
        "%", "?", "é", "日本", "😀", "\u2028", "\uFEFF", "$1", "NULL", "#",
    ];

    [Fact]
    public async Task Literals_OfHostileText_ComeBackAsTheyWere()
    {
        foreach (var text in HostileTexts)
        {
            await using var rows = await Engine.QueryAsync(Sql.Format($"SELECT {text}, length({text})"), null, Token);
            Assert.True(rows.Read());
            Assert.Equal(text, rows.Text());
            Assert.Equal((ulong)Encoding.UTF8.GetByteCount(text), rows.UInt64());
            Assert.False(rows.Read());
        }
    }

    [Fact]
    public async Task Literals_OfArbitraryBytes_ComeBackAsTheyWere()
    {
        foreach (var batch in ArbitraryBytes().Chunk(50))
        {
            var list = Sql.Join(", ", batch.Select(static bytes => Sql.Format($"{bytes}")));
            await using var rows = await Engine.QueryAsync(Sql.Format($"SELECT arrayJoin([{list}])"), null, Token);
            foreach (var bytes in batch)
            {
                Assert.True(rows.Read());
                Assert.Equal(bytes, rows.String().ToArray());
            }

            Assert.False(rows.Read());
        }
    }

    [Fact]
    public async Task Literals_OfNumbers_ComeBackAsTheyWere()
    {
        long[] signed = [0, -1, 1, long.MinValue, long.MaxValue, int.MinValue];
        ulong[] unsigned = [0, 1, ulong.MaxValue, 1UL << 63];
        double[] real =
        [
            0, -0.1, 1e300, double.Epsilon, -1e-310, 2.2250738585072014E-308, double.MaxValue, double.MinValue, 1.0 / 3,
            double.PositiveInfinity, double.NegativeInfinity,
        ];
        foreach (var (a, b) in signed.SelectMany(_ => unsigned, static (a, b) => (a, b)))
        {
            await using var rows = await Engine.QueryAsync(Sql.Format($"SELECT toInt64({a}), toUInt64({b})"), null, Token);
            Assert.True(rows.Read());
            Assert.Equal((a, b), (rows.Int64(), rows.UInt64()));
        }

        foreach (var value in real)
        {
            await using var rows = await Engine.QueryAsync(Sql.Format($"SELECT toFloat64({value}), isNaN({double.NaN})"), null, Token);
            Assert.True(rows.Read());
            Assert.Equal((value, 1), (rows.Float64(), rows.UInt8()));
        }
    }

    [Fact]
    public async Task Insert_OfArbitraryBytes_ComesBackAsItWas()
    {
        var table = await TableAsync("n UInt32, s String, a Array(UInt64)");
        using var block = new ColumnBlock(
            Column.Of("n", ColumnType.UInt32), Column.Of("s", ColumnType.String), Column.Of("a", ColumnType.Array(ColumnType.UInt64)));
        var values = ArbitraryBytes();
        for (var i = 0; i < values.Count; i++)
        {
            block.UInt32((uint)i);
            block.String(values[i]);
            block.Array([.. values[i].Select(static octet => (ulong)octet << 56)]);
            block.EndRow();
        }

        await Engine.InsertAsync(table, block, null, Token);
        await using var rows = await Engine.QueryAsync(Sql.Format($"SELECT s, a FROM {table} ORDER BY n"), null, Token);
        foreach (var value in values)
        {
            Assert.True(rows.Read());
            Assert.Equal(value, rows.String().ToArray());
            Assert.Equal(value.Select(static octet => (ulong)octet << 56), rows.UInt64Array().ToArray());
        }

        Assert.False(rows.Read());
    }

    [Fact]
    public async Task Insert_OfEveryType_ComesBackAsItWas()
    {
        Column[] columns =
        [
            Column.Of("a", ColumnType.UInt8), Column.Of("b", ColumnType.UInt16), Column.Of("c", ColumnType.UInt32),
            Column.Of("d", ColumnType.UInt64), Column.Of("e", ColumnType.Int32), Column.Of("f", ColumnType.Int64),
            Column.Of("g", ColumnType.Float32), Column.Of("h", ColumnType.Float64), Column.Of("i", ColumnType.String),
            Column.Of("j", ColumnType.FixedString(3)), Column.Of("k", ColumnType.Array(ColumnType.UInt64)),
            Column.Of("l", ColumnType.Array(ColumnType.String)),
        ];
        var table = await TableAsync(string.Join(", ", columns.Select(static column => $"{column.Name} {column.Type}")));
        using var block = new ColumnBlock(columns);
        block.UInt8(1);
        block.UInt16(2);
        block.UInt32(3);
        block.UInt64(ulong.MaxValue);
        block.Int32(-4);
        block.Int64(long.MinValue);
        block.Float32(0.5f);
        block.Float64(double.NaN);
        block.String([0xff, 0x00, 0x0a, 0x0a, 0x27]);
        block.FixedString("\n\nz"u8);
        block.Array([7UL, 8UL]);
        block.Array(["x", ""]);
        block.EndRow();
        await Engine.InsertAsync(table, block, null, Token);

        await using var rows = await Engine.QueryAsync(Sql.Format($"SELECT * FROM {table}"), null, Token);
        Assert.True(rows.Read());
        Assert.Equal((1, 2, 3u, ulong.MaxValue), (rows.UInt8(), rows.UInt16(), rows.UInt32(), rows.UInt64()));
        Assert.Equal((-4, long.MinValue, 0.5f, double.NaN), (rows.Int32(), rows.Int64(), rows.Float32(), rows.Float64()));
        Assert.Equal([0xff, 0x00, 0x0a, 0x0a, 0x27], rows.String().ToArray());
        Assert.Equal("\n\nz"u8, rows.FixedString(3));
        Assert.Equal([7UL, 8UL], rows.UInt64Array().ToArray());
        Assert.Equal((2, "x", ""), (rows.ArrayLength(), rows.Text(), rows.Text()));
        Assert.False(rows.Read());
    }

    [Fact]
    public async Task Insert_OfBytesWithEmptyLines_IsComplete()
    {
        const int Rows = 2000;
        var table = await TableAsync("s String");
        using var block = new ColumnBlock(Column.Of("s", ColumnType.String));
        for (var i = 0; i < Rows; i++)
        {
            block.String("\n\n\r\n\r\n;\n\n"u8);
            block.EndRow();
        }

        await Engine.InsertAsync(table, block, null, Token);
        Assert.Equal((ulong)Rows, await NumberAsync(Sql.Format($"SELECT countIf(length(s) = 9) FROM {table}")));
    }

    [Fact]
    public async Task Insert_OfMoreRowsThanTheEnginesBlock_MakesOnePart()
    {
        const int Rows = 2_500_000;
        var table = await TableAsync("n UInt32");
        using var block = new ColumnBlock(Column.Of("n", ColumnType.UInt32));
        for (var i = 0; i < Rows; i++)
        {
            block.UInt32((uint)i);
            block.EndRow();
        }

        await Engine.InsertAsync(table, block, null, Token);
        Assert.Equal(
            (ulong)Rows,
            await NumberAsync(Sql.Format($"SELECT toUInt64(max(rows)) FROM system.parts WHERE table = {table.Name} AND level = 0")));
    }

    [Fact]
    public async Task Insert_OfNoRows_DoesNothing()
    {
        var table = await TableAsync("n UInt32");
        using var block = new ColumnBlock(Column.Of("n", ColumnType.UInt32));
        await Engine.InsertAsync(table, block, null, Token);
        Assert.Equal(0UL, await NumberAsync(Sql.Format($"SELECT count() FROM {table}")));
    }

    [Fact]
    public async Task Insert_OfSomeColumns_LeavesDefaults()
    {
        var table = await TableAsync("n UInt32, s String DEFAULT 'none', m UInt64 DEFAULT n * 2");
        using var block = new ColumnBlock(Column.Of("n", ColumnType.UInt32));
        block.UInt32(21);
        block.EndRow();
        await Engine.InsertAsync(table, block, null, Token);
        Assert.Equal(42UL, await NumberAsync(Sql.Format($"SELECT m FROM {table} WHERE s = 'none'")));
    }

    [Fact]
    public async Task Insert_IntoNoTable_IsRefused()
    {
        using var block = new ColumnBlock(Column.Of("n", ColumnType.UInt32));
        block.UInt32(1);
        block.EndRow();
        var absent = SqlIdentifier.Of("absent");
        var failure = await Assert.ThrowsAsync<ClickHouseException>(() => Engine.InsertAsync(absent, block, null, Token));
        Assert.Equal(ClickHouseException.UnknownTable, failure.Code);
    }

    /// <summary>Byte strings of which some begin, end and are broken by what SQL and RowBinary treat in their own way.</summary>
    private static List<byte[]> ArbitraryBytes()
    {
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {Seed}");
        var random = new Random(Seed);
        byte[] special = [.. "\0'\\\n\r`\";{x0"u8, 0x80, 0xff, 0xc0, 0xed];
        return [.. Enumerable.Range(0, 1000).Select(_ => Enumerable.Range(0, random.Next(30)).Select(
            _ => random.Next(3) == 0 ? (byte)random.Next(256) : special[random.Next(special.Length)]).ToArray())];
    }
}
