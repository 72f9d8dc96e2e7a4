using Stillwatch.Benchmarks.Detection.Coordination;

namespace Stillwatch.Benchmarks.Detection.Sybil;

/// <summary>SynchroTrap where times are not known: all actions on one object match, so that similarity is the Jaccard index.</summary>
/// <remarks>Addresses with more accounts than <see cref="MaxAccounts"/> link nobody, which bounds the cost.</remarks>
internal static class SharedCounterparties
{
    /// <summary>The most accounts of an address that links them.</summary>
    public const int MaxAccounts = 2000;

    /// <summary>Suspicion by the similarity that ties an account to a cluster.</summary>
    public static Suspicion Detect(BipartiteGraph graph, SynchroTrapOptions options, CancellationToken cancellation)
    {
        var links = new List<(int First, int Second, double Similarity)>();
        foreach (var (first, second, shared) in EvilCohort.Project(graph, MaxAccounts, cancellation))
        {
            var union = graph.ValuesOf(first).Length + graph.ValuesOf(second).Length - shared;
            if (union > options.MinUnion && (double)shared / union > options.MinSimilarity)
            {
                links.Add((first, second, (double)shared / union));
            }
        }

        var linkage = new SingleLinkage(graph.AccountCount, links);
        var scores = linkage.Levels(options.MinCluster);
        return new(
            scores, Array.ConvertAll(scores, static score => score > 0), linkage.Clusters(options.MinSimilarity, options.MinCluster));
    }
}
