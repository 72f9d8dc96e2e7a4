using Stillwatch.Benchmarks.Detection.Coordination;
using Stillwatch.Coordination;
using Stillwatch.Hunting;

namespace Stillwatch.Benchmarks.Detection.Sybil;

/// <summary>
/// The product's own grouping by infrastructure, without the tests that follow in a hunt: they need prompts and times, of which a ledger
/// has none.
/// </summary>
internal static class ProductGrouping
{
    /// <summary>
    /// Suspicion by candidate groups: what the average member shares with the group, in nats of rarity, times the own score.
    /// </summary>
    public static Suspicion Detect(SharingGraph graph, CancellationToken cancellation)
    {
        var groups = Grouping.Find(graph, SharingView.Infrastructure, new HuntOptions().InfrastructureGrouping, cancellation);
        var scores = new double[graph.AccountCount];
        var ranked = groups.Select(group => (Group: group, Weight: group.Core.Sum(value => graph.Value(value.Value).Weight * value.Share)))
            .OrderByDescending(static ranked => ranked.Weight).ToArray();
        foreach (var (group, weight) in ranked)
        {
            foreach (var (member, score) in group.Members.Zip(group.Scores))
            {
                scores[member] = Math.Max(scores[member], weight * score);
            }
        }

        return new(
            scores,
            Array.ConvertAll(scores, static score => score > 0),
            [.. ranked.Select(static ranked => ranked.Group.Members.ToArray())]);
    }
}
