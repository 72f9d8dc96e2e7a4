using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Stillwatch.Store.Engine;

namespace Stillwatch.Tests.Store.Engine;

public sealed class RowBinaryReaderTests
{
    private const int Seed = 20261120;

    [Fact]
    public async Task Read_OfNoBytes_IsFalse()
    {
        await using var reader = Reader([], []);
        Assert.False(reader.Read());
        Assert.False(reader.Read());
        Assert.Throws<MalformedResultException>(() => reader.UInt8());
    }

    [Fact]
    public async Task Values_ByteByByte_AreRead()
    {
        byte[] bytes =
        [
            1, 2, 0, 3, 0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0x80, 0xfe, 0xff, 0xff, 0xff,
            3, .. "abc"u8, 2, 5, 0, 0, 0, 0, 0, 0, 0, 6, 0, 0, 0, 0, 0, 0, 0,
        ];
        await using var reader = Reader(bytes, Enumerable.Repeat(1, bytes.Length));
        Assert.True(reader.Read());
        Assert.Equal(1, reader.UInt8());
        Assert.Equal(2, reader.UInt16());
        Assert.Equal(3u, reader.UInt32());
        Assert.Equal(0x8000000000000004, reader.UInt64());
        Assert.Equal(-2, reader.Int32());
        Assert.Equal("abc", reader.Text());
        Assert.Equal([5UL, 6UL], reader.UInt64Array().ToArray());
        Assert.False(reader.Read());
    }

    [Theory]
    [InlineData(new byte[] { 0xff, 0xff, 0xff, 0xff, 0x0f })]
    [InlineData(new byte[] { 0xff, 0xff, 0xff, 0xff, 0x7f })]
    [InlineData(new byte[] { 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01 })]
    [InlineData(new byte[] { 0x81, 0x80, 0x80, 0x80, 0x04 })]
    [InlineData(new byte[] { 0x80 })]
    [InlineData(new byte[] { 0x05, 0x01 })]
    public async Task String_OfAnImpossibleLength_IsRefused(byte[] bytes)
    {
        await using var reader = Reader(bytes, []);
        Assert.Throws<MalformedResultException>(() => reader.String().Length);
    }

    [Fact]
    public async Task UInt64Array_LongerThanAValueMayBe_IsRefusedBeforeMemoryIsTaken()
    {
        await using var reader = Reader([0x80, 0x80, 0x80, 0x80, 0x01], []);
        var refused = Assert.Throws<MalformedResultException>(() => reader.UInt64Array().Length);
        Assert.Contains("above what is accepted", refused.Message, StringComparison.Ordinal);
    }

    /// <summary>
    /// Arbitrary bytes, read as arbitrary columns, in arbitrary windows: the same as a slow reader of one array, value by value.
    /// </summary>
    [Fact]
    public async Task Values_OfArbitraryBytes_AreThoseOfASlowReader()
    {
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {Seed}");
        var random = new Random(Seed);
        for (var round = 0; round < 3000; round++)
        {
            var bytes = new byte[random.Next(200)];
            random.NextBytes(bytes);
            for (var i = 0; i < bytes.Length; i++)
            {
                // Small lengths are what makes arbitrary bytes go on.
                bytes[i] = random.Next(2) == 0 ? (byte)random.Next(6) : bytes[i];
            }

            var windows = Enumerable.Range(0, bytes.Length).Select(_ => random.Next(1, 40)).ToList();
            var columns = Enumerable.Range(0, random.Next(1, 6)).Select(_ => random.Next(9)).ToList();
            await using var reader = Reader(bytes, windows);
            Assert.Equal(Slow(bytes, columns), Fast(reader, columns));
        }
    }

    private static RowBinaryReader Reader(byte[] bytes, IEnumerable<int> windows) => new(new GuardedSource(bytes, windows));

    /// <summary>The rows that are whole, and how it ended.</summary>
    private static List<string> Fast(RowBinaryReader reader, List<int> columns)
    {
        var values = new List<string>();
        try
        {
            while (reader.Read())
            {
                values.AddRange(columns.Select(column => Value(reader, column)).ToList());
            }

            values.Add("end");
        }
        catch (MalformedResultException)
        {
            values.Add("malformed");
        }

        return values;
    }

    private static string Value(RowBinaryReader reader, int column) => column switch
    {
        0 => Text(reader.UInt8()),
        1 => Text(reader.UInt16()),
        2 => Text(reader.UInt32()),
        3 => Text(reader.UInt64()),
        4 => Text(reader.Int64()),
        5 => Text(BitConverter.DoubleToUInt64Bits(reader.Float64())),
        6 => Convert.ToHexString(reader.String()),
        7 => Convert.ToHexString(reader.FixedString(3)),
        _ => string.Join(',', reader.UInt64Array().ToArray()),
    };

    private static List<string> Slow(byte[] bytes, List<int> columns)
    {
        var values = new List<string>();
        var position = 0;
        try
        {
            while (position < bytes.Length)
            {
                var row = new List<string>();
                foreach (var column in columns)
                {
                    row.Add(Value(bytes, ref position, column));
                }

                values.AddRange(row);
            }

            values.Add("end");
        }
        catch (InvalidDataException)
        {
            values.Add("malformed");
        }

        return values;
    }

    private static string Value(byte[] bytes, ref int position, int column) => column switch
    {
        0 => Text(Number(bytes, ref position, 1)),
        1 => Text(Number(bytes, ref position, 2)),
        2 => Text(Number(bytes, ref position, 4)),
        3 or 5 => Text(Number(bytes, ref position, 8)),
        4 => Text((long)Number(bytes, ref position, 8)),
        6 => Convert.ToHexString(Take(bytes, ref position, Length(bytes, ref position))),
        7 => Convert.ToHexString(Take(bytes, ref position, 3)),
        _ => Array(bytes, ref position),
    };

    private static string Array(byte[] bytes, ref int position)
    {
        var text = new StringBuilder();
        var length = Length(bytes, ref position);
        var elements = Take(bytes, ref position, 8 * length);
        for (var i = 0; i < length; i++)
        {
            text.Append(i == 0 ? "" : ",").Append(Text(BinaryPrimitives.ReadUInt64LittleEndian(elements.AsSpan(8 * i))));
        }

        return text.ToString();
    }

    private static long Length(byte[] bytes, ref int position)
    {
        var length = 0UL;
        for (var shift = 0; shift < 35; shift += 7)
        {
            var group = Number(bytes, ref position, 1);
            length |= (group & 0x7f) << shift;
            if (group < 0x80)
            {
                return length <= RowBinaryReader.MaxValueBytes ? (long)length : throw new InvalidDataException();
            }
        }

        throw new InvalidDataException();
    }

    private static ulong Number(byte[] bytes, ref int position, int width)
    {
        Span<byte> number = stackalloc byte[8];
        Take(bytes, ref position, width).CopyTo(number);
        return BinaryPrimitives.ReadUInt64LittleEndian(number);
    }

    private static byte[] Take(byte[] bytes, ref int position, long count)
    {
        if (count > bytes.Length - position)
        {
            throw new InvalidDataException();
        }

        position += (int)count;
        return bytes[(position - (int)count)..position];
    }

    private static string Text<T>(T value)
        where T : IFormattable => value.ToString(null, CultureInfo.InvariantCulture);
}
