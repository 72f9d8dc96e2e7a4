using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Stillwatch.Store.Engine;

namespace Stillwatch.Tests.Store.Engine;

public sealed class ColumnBlockAppendTests
{
    private static readonly Column[] Columns =
    [
        Column.Of("a", ColumnType.UInt32), Column.Of("b", ColumnType.String), Column.Of("c", ColumnType.Array(ColumnType.UInt64)),
        Column.Of("d", ColumnType.Array(ColumnType.String)), Column.Of("e", ColumnType.FixedString(3)), Column.Of("f", ColumnType.UInt8),
    ];

    [Fact]
    public void Append_LeavingOutAnyRows_IsTheBlockOfTheOthers()
    {
        var rows = from first in Gen.Choose(0, 20)
                   from kept in ArbMap.Default.GeneratorFor<bool>().ListOf()
                   select (First: first, Kept: kept);
        Prop.ForAll(rows.ToArbitrary(), static rows =>
        {
            var before = Enumerable.Range(0, rows.First).ToList();
            var added = Enumerable.Range(100, rows.Kept.Count).ToList();
            using var block = Block(before);
            using var other = Block(added);
            using var expected = Block([.. before, .. added.Where((_, index) => rows.Kept[index])]);
            block.Append(other, .., [.. Enumerable.Range(0, rows.Kept.Count).Where(index => !rows.Kept[index])]);
            return block.Rows == expected.Rows && Bytes(block).SequenceEqual(Bytes(expected));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Append_OfARange_IsTheBlockOfItsRowsButTheSkipped()
    {
        using var block = Block([9]);
        using var other = Block([0, 1, 2, 3, 4, 5, 6, 7]);
        using var expected = Block([9, 2, 4, 5]);
        block.Append(other, 2..6, [3]);
        Assert.Equal(Bytes(expected), Bytes(block));
        Assert.Throws<ArgumentOutOfRangeException>(() => block.Append(other, 5..9, []));
    }

    [Fact]
    public void Append_ThenARow_IsTheBlockOfAllRows()
    {
        using var block = Block([1, 2]);
        using var other = Block([3, 4, 5]);
        using var expected = Block([1, 2, 3, 5, 6]);
        block.Append(other, .., [1]);
        AddRow(block, 6);
        Assert.Equal(Bytes(expected), Bytes(block));
    }

    [Fact]
    public void Append_OfOtherColumns_Throws()
    {
        using var block = Block([1]);
        using var other = new ColumnBlock(Column.Of("a", ColumnType.UInt32));
        Assert.Throws<ArgumentException>(() => block.Append(other, .., []));
    }

    [Fact]
    public void Append_WithinARow_Throws()
    {
        using var block = Block([1]);
        using var other = Block([2]);
        other.UInt32(7);
        Assert.Throws<InvalidOperationException>(() => block.Append(other, .., []));
    }

    [Fact]
    public void Fill_OfANumber_GivesItToEveryRow()
    {
        Column[] columns = [Column.Of("a", ColumnType.UInt8), Column.Of("b", ColumnType.UInt32)];
        using var block = new ColumnBlock(columns);
        using var expected = new ColumnBlock(columns);
        for (byte row = 0; row < 5; row++)
        {
            block.UInt8(row);
            block.UInt32(row);
            block.EndRow();
            expected.UInt8(row);
            expected.UInt32(77);
            expected.EndRow();
        }

        block.Fill(1, 77);
        Assert.Equal(Bytes(expected), Bytes(block));
        Assert.Throws<InvalidOperationException>(() => block.Fill(0, 77));
    }

    private static ColumnBlock Block(IReadOnlyList<int> numbers)
    {
        var block = new ColumnBlock(Columns);
        foreach (var number in numbers)
        {
            AddRow(block, number);
        }

        return block;
    }

    private static void AddRow(ColumnBlock block, int number)
    {
        var text = number.ToString(CultureInfo.InvariantCulture);
        block.UInt32((uint)number);
        block.String(new string('x', number * 3));
        block.Array(Enumerable.Range(0, number % 5).Select(value => (ulong)(value + number)).ToArray());
        block.Array(Enumerable.Repeat(text, number % 4).ToArray());
        block.FixedString("abc"u8);
        block.UInt8((byte)number);
        block.EndRow();
    }

    private static byte[] Bytes(ColumnBlock block)
    {
        var bytes = new List<byte>();
        foreach (var part in block.Encode())
        {
            bytes.AddRange(part.Span);
        }

        return [.. bytes];
    }
}
