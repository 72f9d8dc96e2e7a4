using Stillwatch.Evaluation;

namespace Stillwatch.Tests.Evaluation;

public sealed class ProportionTests
{
    /// <summary>Closed forms: of none, 1 - 0.025^(1/n); the middle one is in Clopper and Pearson's own charts to two digits.</summary>
    [Theory]
    [InlineData(0, 100, 0, 0.036216693)]
    [InlineData(100, 100, 0.963783307, 1)]
    [InlineData(5, 10, 0.187086, 0.812914)]
    public void Exact_KnownCounts_HasTheKnownInterval(long count, long of, double lower, double upper)
    {
        var proportion = Proportion.Exact(count, of);
        Assert.Equal((double)count / of, proportion.Value);
        Assert.Equal(lower, proportion.Lower!.Value, 6);
        Assert.Equal(upper, proportion.Upper!.Value, 6);
    }

    [Fact]
    public void Exact_OfNothing_HasNoValue()
    {
        var proportion = Proportion.Exact(0, 0);
        Assert.Null(proportion.Value);
        Assert.Null(proportion.Lower);
        Assert.Null(proportion.Upper);
    }

    [Theory]
    [InlineData(-1, 5)]
    [InlineData(6, 5)]
    public void Exact_CountOutOfRange_Throws(long count, long of) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Proportion.Exact(count, of));
}
