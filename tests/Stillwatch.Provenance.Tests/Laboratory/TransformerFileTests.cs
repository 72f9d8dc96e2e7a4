using System.Buffers.Binary;
using System.Text;
using Stillwatch.Provenance.Laboratory;

namespace Stillwatch.Provenance.Tests.Laboratory;

public sealed class TransformerFileTests
{
    private static readonly TransformerOptions Small = new() { Vocabulary = 23, Dimension = 16, Layers = 2, Heads = 2, Window = 8 };

    [Fact]
    public void Model_WrittenAndRead_IsTheSame()
    {
        var model = new TransformerModel(Small, 3);
        var read = TransformerModel.Load(new MemoryStream(Written(model)));
        Assert.Equal(model.Options, read.Options);
        Assert.Equal(model.Values, read.Values);
        var (expected, actual) = (new float[23], new float[23]);
        model.FillLogits([1, 2, 3], expected);
        read.FillLogits([1, 2, 3], actual);
        Assert.Equal(expected, actual);
    }

    /// <summary>What others read: tensors by name, with shapes and places, their values behind the header.</summary>
    [Fact]
    public void File_OfAModel_IsSafetensors()
    {
        var model = new TransformerModel(Small, 3);
        var file = Written(model);
        var length = (int)BinaryPrimitives.ReadUInt64LittleEndian(file);
        using var header = System.Text.Json.JsonDocument.Parse(file.AsMemory(8, length));
        var tensor = header.RootElement.GetProperty("layers.1.mlp.down.weight");
        Assert.Equal("F32", tensor.GetProperty("dtype").GetString());
        Assert.Equal([48, 16], tensor.GetProperty("shape").EnumerateArray().Select(static size => size.GetInt32()));
        var start = tensor.GetProperty("data_offsets")[0].GetInt32();
        Assert.Equal(
            model.Layout.Layers[1].Down.Of(model.Values)[5], BinaryPrimitives.ReadSingleLittleEndian(file.AsSpan(8 + length + start + 20)));
        Assert.Equal(8 + length + (4 * Small.Parameters), file.Length);
        Assert.Equal(0, length % 4);
    }

    [Fact]
    public void File_CutAnywhereOrLonger_IsRefused()
    {
        var file = Written(new(Small, 3));
        foreach (var length in new[] { 0, 7, 8, 9, 100, file.Length / 2, file.Length - 1 })
        {
            Assert.Throws<InvalidDataException>(() => TransformerModel.Load(new MemoryStream(file, 0, length)));
        }

        Assert.Throws<InvalidDataException>(() => TransformerModel.Load(new MemoryStream([.. file, 0])));
    }

    /// <summary>Every header that lies must be refused by its own words, and before memory is taken for what it promises.</summary>
    [Theory]
    [InlineData("\"vocabulary\":\"23\"", "\"vocabulary\":\"24\"")]
    [InlineData("\"vocabulary\":\"23\"", "\"vocabulary\":\"-1\"")]
    [InlineData("\"vocabulary\":\"23\"", "\"vocabulary\":23")]
    [InlineData("\"vocabulary\":\"23\"", "\"vocabulary\":\"99999999999999999999\"")]
    [InlineData("\"window\":\"8\"", "\"window\":\"4097\"")]
    [InlineData("\"heads\":\"2\"", "\"heads\":\"3\"")]
    [InlineData("\"heads\":\"2\",", "")]
    [InlineData("\"heads\":\"2\"", "\"heads\":\"2\",\"heads\":\"4\"")]
    [InlineData("stillwatch-transformer-1", "stillwatch-transformer-2")]
    [InlineData("\"dtype\":\"F32\"", "\"dtype\":\"F16\"")]
    [InlineData("\"shape\":[24,16]", "\"shape\":[16,24]")]
    [InlineData("\"shape\":[24,16]", "\"shape\":[24,16,1]")]
    [InlineData("\"data_offsets\":[0,1536]", "\"data_offsets\":[0,1e300]")]
    [InlineData("\"data_offsets\":[0,1536]", "\"data_offsets\":[4,1540]")]
    [InlineData("\"data_offsets\":[0,1536]", "\"data_offsets\":\"\"")]
    [InlineData("final_norm.weight", "final_norm.bias")]
    [InlineData("\"__metadata__\":{", "\"__metadata__\":{\"deep\":{\"deep\":{\"deep\":{\"deep\":{}}}},")]
    [InlineData("{\"__metadata__\"", "[{\"__metadata__\"")]
    public void File_WithALyingHeader_IsRefused(string truth, string lie)
    {
        var file = Written(new(Small, 3));
        var length = (int)BinaryPrimitives.ReadUInt64LittleEndian(file);
        var header = Encoding.UTF8.GetString(file, 8, length);
        Assert.Contains(truth, header, StringComparison.Ordinal);
        var changed = Encoding.UTF8.GetBytes(header.Replace(truth, lie, StringComparison.Ordinal));
        Assert.Throws<InvalidDataException>(() => TransformerModel.Load(new MemoryStream(WithHeader(changed, file.AsSpan(8 + length)))));
    }

    [Fact]
    public void File_ThatPromisesAGigabyte_CostsNoMemory()
    {
        var large = new TransformerOptions { Vocabulary = 200_000, Dimension = 1024, Layers = 4, Heads = 8, Window = 64 };
        using var whole = new MemoryStream();
        TransformerFile.WriteHeader(whole, large);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<InvalidDataException>(() => TransformerModel.Load(new MemoryStream(whole.ToArray())));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 32 << 20);
    }

    [Theory]
    [InlineData(ulong.MaxValue)]
    [InlineData(1UL << 40)]
    [InlineData((1UL << 20) + 1)]
    [InlineData(0UL)]
    public void File_WithAHeaderOfImpossibleLength_IsRefused(ulong length)
    {
        var file = Written(new(Small, 3));
        BinaryPrimitives.WriteUInt64LittleEndian(file, length);
        Assert.Throws<InvalidDataException>(() => TransformerModel.Load(new MemoryStream(file)));
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void File_WithANumberThatIsNone_IsRefused(float value)
    {
        var file = Written(new(Small, 3));
        BinaryPrimitives.WriteSingleLittleEndian(file.AsSpan(file.Length - 40), value);
        Assert.Throws<InvalidDataException>(() => TransformerModel.Load(new MemoryStream(file)));
    }

    private static byte[] Written(TransformerModel model)
    {
        using var output = new MemoryStream();
        model.Save(output);
        return output.ToArray();
    }

    private static byte[] WithHeader(byte[] header, ReadOnlySpan<byte> values)
    {
        var length = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)header.Length);
        return [.. length, .. header, .. values];
    }
}
