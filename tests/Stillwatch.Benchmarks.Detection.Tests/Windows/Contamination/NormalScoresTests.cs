using Stillwatch.Benchmarks.Detection.Windows.Contamination;

namespace Stillwatch.Benchmarks.Detection.Tests.Windows.Contamination;

public sealed class NormalScoresTests
{
    /// <summary>The upper 0.1 % point of chi-square with 4 degrees of freedom (mean 4, variance 8) is 18.467.</summary>
    [Fact]
    public void Score_OfAGammaQuantile_IsTheNormalQuantile() =>
        Assert.Equal(3.0902, NormalScores.Of((18.467 - 4) / Math.Sqrt(8), Math.Sqrt(2)), 1);

    [Fact]
    public void Replace_AnyColumn_KeepsTheOrder()
    {
        double[][] table = [[1], [2], [2.5], [4], [7], [8]];
        NormalScores.Replace(table, 0);
        Assert.True(table.Zip(table.Skip(1)).All(static pair => pair.First[0] < pair.Second[0]));
    }

    [Fact]
    public void Replace_AValue_IsJudgedByTheOthers()
    {
        double[][] table = [[-1], [1], [-1], [1], [9]];
        NormalScores.Replace(table, 0);
        Assert.Equal(9, table[4][0], 9);
    }

    [Fact]
    public void Replace_ConstantColumn_IsZero()
    {
        double[][] table = [[3], [3]];
        NormalScores.Replace(table, 0);
        Assert.All(table, static row => Assert.Equal(0, row[0]));
    }
}
