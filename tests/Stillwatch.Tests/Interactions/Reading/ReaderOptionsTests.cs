using Stillwatch.Interactions.Reading;

namespace Stillwatch.Tests.Interactions.Reading;

public sealed class ReaderOptionsTests
{
    [Fact]
    public void Validate_Defaults_AreInRange() => Assert.Empty(new ReaderOptions().Validate());

    [Fact]
    public void Validate_EverythingOutOfRange_SaysAllAtOnce()
    {
        var options = new ReaderOptions
        {
            Format = (InputFormat)99,
            ChunkBytes = 63,
            MaxLineBytes = (1 << 30) + 1,
            MaxDepth = 7,
            MaxMessages = 0,
            MaxTools = -1,
            MaxNameBytes = 63,
            Columns = null!,
            MaxAhead = TimeSpan.FromTicks(-1),
        };
        Assert.Equal(9, options.Validate().Count);
        Assert.Throws<ArgumentException>(() => new ChunkReader(options, new InputFaults()));
        Assert.Throws<ArgumentException>(() => new InteractionParser(options, new InputFaults(), TimeProvider.System));
    }
}
