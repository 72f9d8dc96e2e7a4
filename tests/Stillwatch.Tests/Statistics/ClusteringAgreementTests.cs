using FsCheck;
using FsCheck.Fluent;
using Stillwatch.Statistics;

namespace Stillwatch.Tests.Statistics;

public sealed class ClusteringAgreementTests
{
    /// <summary>scikit-learn's documentation gives 0.57 for the first example, 1 and 0 for the next two.</summary>
    [Theory]
    [InlineData(new[] { 0, 0, 1, 2 }, new[] { 0, 0, 1, 1 }, 4.0 / 7)]
    [InlineData(new[] { 0, 0, 1, 1 }, new[] { 7, 7, 3, 3 }, 1)]
    [InlineData(new[] { 0, 0, 0, 0 }, new[] { 0, 1, 2, 3 }, 0)]
    [InlineData(new[] { 0, 0, 1, 1 }, new[] { 0, 1, 0, 1 }, -0.5)]
    [InlineData(new[] { 4 }, new[] { 9 }, 1)]
    public void AdjustedRandIndex_KnownClusterings_Agree(int[] first, int[] second, double expected) =>
        Assert.Equal(expected, AdjustedRandIndex.Of(first, second), 1e-14);

    [Fact]
    public void AdjustedRandIndex_AnyClusterings_IsThatOfCountedPairs() =>
        Prop.ForAll(Clusterings(), static x =>
        {
            var naive = NaiveAdjustedRandIndex(x.First, x.Second);
            return Math.Abs(AdjustedRandIndex.Of(x.First, x.Second) - naive) < 1e-12;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void AdjustedRandIndex_RandomClusterings_AveragesToZero()
    {
        var generator = new SeededGenerator(251);
        var labels = Enumerable.Range(0, 60).Select(static i => i % 5).ToArray();
        var average = 0.0;
        for (var i = 0; i < 2000; i++)
        {
            var shuffled = (int[])labels.Clone();
            generator.Shuffle<int>(shuffled);
            average += AdjustedRandIndex.Of(labels, shuffled) / 2000;
        }

        Assert.InRange(average, -0.003, 0.003);
    }

    /// <summary>By hand: clusters {a a b} {b c}; precisions 2/3 2/3 1/3 1/2 1/2, recalls 1 1 1/2 1/2 1.</summary>
    [Fact]
    public void BCubed_KnownClustering_AgreesWithTheHand()
    {
        var actual = BCubed.Of([0, 0, 0, 1, 1], [5, 5, 6, 6, 7]);
        Assert.Equal((2 / 3.0 + 2 / 3.0 + 1 / 3.0 + 1) / 5, actual.Precision, 1e-15);
        Assert.Equal(4 / 5.0, actual.Recall, 1e-15);
        Assert.Equal(2 * actual.Precision * actual.Recall / (actual.Precision + actual.Recall), actual.F1, 1e-15);
    }

    [Fact]
    public void BCubed_AnyClusterings_IsTheMeanOverMembers() =>
        Prop.ForAll(Clusterings(), static x =>
        {
            var actual = BCubed.Of(x.First, x.Second);
            var (precision, recall) = (NaivePrecision(x.First, x.Second), NaivePrecision(x.Second, x.First));
            return Math.Abs(actual.Precision - precision) < 1e-12 && Math.Abs(actual.Recall - recall) < 1e-12;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void BadArguments_AreRefused()
    {
        Assert.Throws<ArgumentException>(() => AdjustedRandIndex.Of([], []));
        Assert.Throws<ArgumentException>(() => BCubed.Of([1], [1, 2]));
    }

    private static Arbitrary<(int[] First, int[] Second)> Clusterings() =>
        Gen.Choose(0, 4).Zip(Gen.Choose(0, 3), static (a, b) => (a, b)).NonEmptyListOf()
            .Select(static pairs => (pairs.Select(static x => x.a).ToArray(), pairs.Select(static x => x.b).ToArray())).ToArbitrary();

    private static double NaiveAdjustedRandIndex(int[] first, int[] second)
    {
        var pairs = Enumerable.Range(0, first.Length)
            .SelectMany(i => Enumerable.Range(0, i).Select(j => (First: first[i] == first[j], Second: second[i] == second[j])))
            .ToArray();
        var (inFirst, inSecond) = (pairs.Count(static x => x.First), pairs.Count(static x => x.Second));
        var expected = pairs.Length == 0 ? 0 : (double)inFirst * inSecond / pairs.Length;
        var largest = (inFirst + inSecond) / 2.0;
        return largest == expected ? 1 : (pairs.Count(static x => x.First && x.Second) - expected) / (largest - expected);
    }

    private static double NaivePrecision(int[] clusters, int[] groups) => Enumerable.Range(0, clusters.Length).Average(i =>
        Enumerable.Range(0, clusters.Length).Where(j => clusters[j] == clusters[i]).Average(j => groups[j] == groups[i] ? 1.0 : 0.0));
}
