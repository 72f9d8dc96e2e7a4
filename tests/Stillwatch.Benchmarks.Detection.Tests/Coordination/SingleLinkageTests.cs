using FsCheck;
using FsCheck.Fluent;
using Stillwatch.Benchmarks.Detection.Coordination;

namespace Stillwatch.Benchmarks.Detection.Tests.Coordination;

public sealed class SingleLinkageTests
{
    private const int Nodes = 7;

    /// <summary>A node is in a large enough cluster exactly at the thresholds below its level.</summary>
    [Fact]
    public void Levels_AnyLinks_AreThoseOfTheClusters() =>
        Prop.ForAll(Links(), static links =>
        {
            var linkage = new SingleLinkage(Nodes, links);
            return Enumerable.Range(2, 3).All(size =>
            {
                var levels = linkage.Levels(size);
                return Enumerable.Range(0, 10).All(step =>
                {
                    var clustered = linkage.Clusters(step / 10.0, size).SelectMany(static cluster => cluster).ToHashSet();
                    return Enumerable.Range(0, Nodes).All(node => clustered.Contains(node) == levels[node] > step / 10.0);
                });
            });
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Clusters_Chain_IsOneUntilTheWeakestLinkBreaks()
    {
        var linkage = new SingleLinkage(4, [(0, 1, 0.9), (1, 2, 0.3), (2, 3, 0.8)]);
        Assert.Equal([[0, 1, 2, 3]], linkage.Clusters(0.2, 2));
        Assert.Equal([[0, 1], [2, 3]], linkage.Clusters(0.3, 2));
        Assert.Equal([0.3, 0.3, 0.3, 0.3], linkage.Levels(3));
    }

    private static Arbitrary<List<(int First, int Second, double Similarity)>> Links() =>
        Gen.Choose(0, Nodes - 1).Zip(Gen.Choose(0, Nodes - 1), static (a, b) => (a, b))
            .Zip(Gen.Choose(1, 9), static (pair, level) => (First: pair.a, Second: pair.b, Similarity: level / 10.0)).ListOf()
            .Select(static links => links.Where(static link => link.First != link.Second).ToList())
            .ToArbitrary();
}
