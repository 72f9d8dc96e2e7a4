using Stillwatch.Evidence.TransparencyLog.Tiles;

namespace Stillwatch.Evidence.Tests.TransparencyLog;

public sealed class TilePathTests
{
    [Theory]
    [InlineData(0, 0, 256, "tile/0/000")]
    [InlineData(0, 999, 1, "tile/0/999.p/1")]
    [InlineData(1, 1000, 256, "tile/1/x001/000")]
    [InlineData(63, 1_234_067, 255, "tile/63/x001/x234/067.p/255")]
    [InlineData(2, ulong.MaxValue, 256, "tile/2/x018/x446/x744/x073/x709/x551/615")]
    public void OfHashes_AnyIndex_IsWrittenAsTheSpecificationHasIt(int level, ulong index, int width, string path) =>
        Assert.Equal(path, TilePath.OfHashes(level, index, width));

    [Fact]
    public void OfEntries_AnyIndex_IsWrittenAsTheSpecificationHasIt() =>
        Assert.Equal("tile/entries/x001/x234/067.p/8", TilePath.OfEntries(1_234_067, 8));

    [Theory]
    [InlineData(-1, 1)]
    [InlineData(64, 1)]
    [InlineData(0, 0)]
    [InlineData(0, 257)]
    public void OfHashes_LevelOrWidthThatNoTileHas_IsABrokenPromise(int level, int width) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => TilePath.OfHashes(level, 0, width));

    [Theory]
    [InlineData("", 0)]
    [InlineData("0000", 1)]
    [InlineData("00000000", 2)]
    [InlineData("000161" + "00026262", 2)]
    public void Parse_OfABundle_TakesItsEntries(string hex, int count) =>
        Assert.Equal(count, EntryBundle.Parse(Convert.FromHexString(hex), count).Count);

    [Theory]
    [InlineData("", 1)]
    [InlineData("00", 1)]
    [InlineData("0001", 1)]
    [InlineData("0000", 2)]
    [InlineData("0002" + "61", 1)]
    [InlineData("000161", 0)]
    [InlineData("000161" + "0002" + "62", 2)]
    [InlineData("000161" + "00", 1)]
    public void Parse_OfABundleThatHoldsMoreOrLess_IsRefused(string hex, int count) =>
        Assert.Throws<InvalidDataException>(() => EntryBundle.Parse(Convert.FromHexString(hex), count));
}
