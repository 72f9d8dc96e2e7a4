namespace Stillwatch.Statistics;

/// <summary>How well a clustering finds the true groups, member by member, so that large groups count by their size.</summary>
/// <remarks>
/// Bagga and Baldwin, "Algorithms for scoring coreference chains", 1998: precision of a member is the share of its cluster that is in its
/// group; recall is the share of its group that is in its cluster; both averaged over members.
/// </remarks>
/// <param name="Precision">0 to 1; falls when clusters mix groups.</param>
/// <param name="Recall">0 to 1; falls when groups are split over clusters.</param>
public readonly record struct BCubed(double Precision, double Recall)
{
    /// <summary>The harmonic mean of precision and recall.</summary>
    public double F1 => 2 * Precision * Recall / (Precision + Recall);

    /// <summary>Scores a clustering against the truth.</summary>
    /// <param name="clusters">The cluster of each member; members of no cluster get clusters of their own.</param>
    /// <param name="groups">The true group of each member, likewise.</param>
    /// <exception cref="ArgumentException">The lengths differ, or there is no member.</exception>
    public static BCubed Of(ReadOnlySpan<int> clusters, ReadOnlySpan<int> groups)
    {
        var counts = new PairCounts(clusters, groups);
        var (precision, recall) = (0.0, 0.0);
        foreach (var ((cluster, group), both) in counts.Both)
        {
            precision += (double)both * both / counts.First[cluster];
            recall += (double)both * both / counts.Second[group];
        }

        return new(precision / counts.Members, recall / counts.Members);
    }
}
