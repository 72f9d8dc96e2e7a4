using Stillwatch.Statistics;

namespace Stillwatch.Tests.Statistics;

public sealed class JensenShannonDivergenceTests
{
    [Fact]
    public void JensenShannonDivergence_KnownWeights_AgreesWithTheDefinition()
    {
        Assert.Equal(0, JensenShannonDivergence.Of([1, 2, 3], [10, 20, 30]), 1e-15);
        Assert.Equal(1, JensenShannonDivergence.Of([5, 0], [0, 2]), 1e-15);
        var expected = 0.5 * (Math.Log2(4 / 3.0) + 0.5 * Math.Log2(2 / 3.0) + 0.5 * Math.Log2(2));
        Assert.Equal(expected, JensenShannonDivergence.Of([1, 0], [1, 1]), 1e-14);
        Assert.Equal(expected, JensenShannonDivergence.Of([1, 1], [1, 0]), 1e-14);
        Assert.Throws<ArgumentException>(() => JensenShannonDivergence.Of([1], [1, 2]));
        Assert.Throws<ArgumentException>(() => JensenShannonDivergence.Of([0, 0], [1, 2]));
        Assert.Throws<ArgumentException>(() => JensenShannonDivergence.Of([], []));
        Assert.Throws<ArgumentOutOfRangeException>(() => JensenShannonDivergence.Of([1, -1], [1, 2]));
    }
}
