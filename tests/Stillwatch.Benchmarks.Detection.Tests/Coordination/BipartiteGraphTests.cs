using FsCheck;
using FsCheck.Fluent;
using Stillwatch.Benchmarks.Detection.Coordination;

namespace Stillwatch.Benchmarks.Detection.Tests.Coordination;

public sealed class BipartiteGraphTests
{
    [Fact]
    public void Graph_AnyPairs_HoldsEachOnceFromBothSides() =>
        Prop.ForAll(Gen.Choose(0, 5).Zip(Gen.Choose(0, 4), static (a, v) => (a, v)).ListOf().ToArbitrary(), static pairs =>
        {
            var graph = new BipartiteGraph(6, 5, pairs);
            var distinct = pairs.Distinct().Order().ToArray();
            var byValue = Enumerable.Range(0, 5).SelectMany(value => graph.AccountsOf(value).ToArray().Select(account => (account, value)));
            return graph.Edges().SequenceEqual(distinct) && byValue.Order().SequenceEqual(distinct) && graph.EdgeCount == distinct.Length;
        }).QuickCheckThrowOnFailure();
}
