using Stillwatch.Benchmarks.Detection.Metrics;

namespace Stillwatch.Benchmarks.Detection.Tests.Metrics;

public sealed class SampleSupportTests
{
    /// <summary>Known: 30,000 accounts without a false positive prove 1 in 10,000, and so do 100,000 with at most four.</summary>
    [Theory]
    [InlineData(1e-4, 30_000, 0L)]
    [InlineData(1e-4, 100_000, 4L)]
    [InlineData(1e-4, 29_000, null)]
    [InlineData(1e-5, 25_000, null)]
    public void MostFalsePositives_KnownSamples_AgreeWithTheTable(double rate, long benign, long? most) =>
        Assert.Equal(most, new SampleSupport(rate, benign).MostFalsePositives);

    [Fact]
    public void Text_TooSmallASample_SaysWhatItProves() => Assert.Equal(
        "FPR 0.0001: cannot be proved; no false positive of 5,000 proves 0.000599 only", new SampleSupport(1e-4, 5000).ToString());

    [Fact]
    public void Bootstrap_EqualSeeds_HasNoWidth()
    {
        var figure = SeedBootstrap.Of([0.5, 0.5, double.NaN]);
        Assert.Equal((0.5, 0.5, 0.5, 2), (figure.Mean, figure.Lower, figure.Upper, figure.Seeds));
        Assert.Equal("50.0", figure.Percent());
        Assert.Equal("–", SeedBootstrap.Of([]).Percent());
    }

    [Fact]
    public void Bootstrap_TwoSeeds_ReachesFromTheOneToTheOther()
    {
        var figure = SeedBootstrap.Of([0, 1]);
        Assert.Equal((0.5, 0, 1), (figure.Mean, figure.Lower, figure.Upper));
        Assert.Equal("50.0 (0.0–100.0)", figure.Percent());
    }

    [Fact]
    public void Table_WrongNumberOfCells_IsRefused()
    {
        var table = new MarkdownTable("name", "figure");
        table.Add("a|b", "1");
        Assert.Throws<ArgumentException>(() => table.Add("alone"));
        using var text = new StringWriter();
        table.Write(text);
        Assert.Equal("| name | figure |\n| --- | ---: |\n| a\\|b | 1 |\n\n", text.ToString());
    }
}
