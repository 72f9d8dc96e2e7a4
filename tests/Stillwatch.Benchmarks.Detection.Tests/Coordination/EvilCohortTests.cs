using FsCheck;
using FsCheck.Fluent;
using Stillwatch.Benchmarks.Detection.Coordination;

namespace Stillwatch.Benchmarks.Detection.Tests.Coordination;

public sealed class EvilCohortTests
{
    [Fact]
    public void Project_AnyGraph_CountsWhatPairsShare() =>
        Prop.ForAll(Gen.Choose(0, 5).Zip(Gen.Choose(0, 6), static (a, v) => (a, v)).ListOf().ToArbitrary(), static pairs =>
        {
            var graph = new BipartiteGraph(6, 7, pairs);
            var expected = Enumerable.Range(0, 6).SelectMany(first => Enumerable.Range(first + 1, 5 - first).Select(second =>
                (first, second, graph.ValuesOf(first).ToArray().Intersect(graph.ValuesOf(second).ToArray()).Count())))
                .Where(static pair => pair.Item3 > 0);
            return EvilCohort.Project(graph, 100, CancellationToken.None).Order().SequenceEqual(expected);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Project_PopularValue_LinksNobody() => Assert.Empty(
        EvilCohort.Project(new(3, 1, [(0, 0), (1, 0), (2, 0)]), maxAccounts: 2, CancellationToken.None));

    /// <summary>Ten accounts share twelve addresses; thirty others share one.</summary>
    [Fact]
    public void Detect_ManySharedAddresses_AreACommunityAndOneIsNot()
    {
        var bots = Enumerable.Range(0, 10).SelectMany(static account => Enumerable.Range(0, 12).Select(address => (account, address)));
        var office = Enumerable.Range(10, 30).Select(static account => (account, 12));
        var graph = new BipartiteGraph(50, 13, bots.Concat(office));
        var suspicion = EvilCohort.Detect(graph, new(), CancellationToken.None);
        Assert.Equal(Enumerable.Range(0, 10), Assert.Single(suspicion.Groups));
        Assert.Equal((12.0, 1.0, 0.0), (suspicion.Scores[0], suspicion.Scores[10], suspicion.Scores[40]));
        Assert.Equal(2, EvilCohort.Detect(graph, new() { MinShared = 1 }, CancellationToken.None).Groups.Count);
    }
}
