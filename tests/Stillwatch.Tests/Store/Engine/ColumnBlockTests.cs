using Stillwatch.Store.Engine;

namespace Stillwatch.Tests.Store.Engine;

public sealed class ColumnBlockTests
{
    /// <summary>Two columns, two rows, as 26.5 writes them with FORMAT Native.</summary>
    private static readonly byte[] TwoRows =
    [
        2, 2,
        1, (byte)'a', 6, .. "UInt16"u8, 1, 0, 2, 1,
        1, (byte)'b', 13, .. "Array(String)"u8, 1, 0, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0, 0, 1, (byte)'x', 0, 2, (byte)'y', (byte)'z',
    ];

    [Fact]
    public void Encode_OfTwoRows_IsNative()
    {
        using var block = Block();
        AddTwoRows(block);
        Assert.Equal(2, block.Rows);
        Assert.Equal(TwoRows, Bytes(block));
        Assert.Equal(4 + 16 + 6, block.ByteCount);
    }

    [Fact]
    public void DiscardRow_AfterSomeValues_LeavesTheRowsBefore()
    {
        using var block = Block();
        AddTwoRows(block);
        block.UInt16(9);
        block.Array(["never"]);
        block.DiscardRow();
        block.UInt16(9);
        block.DiscardRow();
        Assert.Equal(TwoRows, Bytes(block));
    }

    [Fact]
    public void Clear_AfterRows_BeginsAnew()
    {
        using var block = Block();
        block.UInt16(7);
        block.Array(["a", "b"]);
        block.EndRow();
        block.Clear();
        Assert.Equal(0, block.Rows);
        Assert.Equal(0, block.ByteCount);
        AddTwoRows(block);
        Assert.Equal(TwoRows, Bytes(block));
    }

    [Fact]
    public void Values_OfManyRows_SurviveGrowth()
    {
        const int Rows = 100_000;
        using var block = new ColumnBlock(Column.Of("n", ColumnType.UInt64));
        for (var i = 0; i < Rows; i++)
        {
            block.UInt64((ulong)i * 3);
            block.EndRow();
        }

        var values = System.Runtime.InteropServices.MemoryMarshal.Cast<byte, ulong>(Bytes(block).AsSpan()[^(Rows * 8)..]);
        for (var i = 0; i < Rows; i++)
        {
            Assert.Equal((ulong)i * 3, values[i]);
        }
    }

    [Fact]
    public void Values_OfOtherTypesOrTooMany_AreRefused()
    {
        using var block = Block();
        var wrong = Assert.Throws<InvalidOperationException>(() => block.UInt8(1));
        Assert.Contains("`a` takes UInt16, not UInt8", wrong.Message, StringComparison.Ordinal);
        block.UInt16(1);
        Assert.Throws<InvalidOperationException>(() => block.Array([1UL]));
        Assert.Throws<InvalidOperationException>(() => block.String("x"));
        Assert.Throws<InvalidOperationException>(block.EndRow);
        Assert.Throws<InvalidOperationException>(block.Encode);
        block.DiscardRow();
        AddTwoRows(block);
        block.UInt16(1);
        block.Array(["x"]);
        var full = Assert.Throws<InvalidOperationException>(() => block.UInt16(1));
        Assert.Contains("all its 2 values", full.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void FixedString_OfAnotherLength_IsRefused()
    {
        using var block = new ColumnBlock(Column.Of("f", ColumnType.FixedString(3)));
        Assert.Throws<ArgumentException>(() => block.FixedString("ab"u8));
        Assert.Throws<ArgumentOutOfRangeException>(() => ColumnType.FixedString(0));
    }

    [Fact]
    public void Columns_NoneOrOneTwice_AreRefused()
    {
        Assert.Throws<ArgumentException>(() => new ColumnBlock());
        Assert.Throws<ArgumentException>(() => new ColumnBlock(Column.Of("a", ColumnType.UInt8), Column.Of("a", ColumnType.UInt16)));
        Assert.Throws<ArgumentException>(() => ColumnType.Array(ColumnType.Array(ColumnType.UInt8)));
    }

    private static ColumnBlock Block() => new(Column.Of("a", ColumnType.UInt16), Column.Of("b", ColumnType.Array(ColumnType.String)));

    private static void AddTwoRows(ColumnBlock block)
    {
        block.UInt16(1);
        block.Array(["x"]);
        block.EndRow();
        block.UInt16(258);
        block.Array(["", "yz"]);
        block.EndRow();
    }

    private static byte[] Bytes(ColumnBlock block) => [.. block.Encode().SelectMany(static part => part.ToArray())];
}
