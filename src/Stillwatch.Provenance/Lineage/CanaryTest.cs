using Stillwatch.Statistics;

namespace Stillwatch.Provenance.Lineage;

/// <summary>
/// Whether a suspect prefers planted canaries to their withheld twins: exact, because a fair coin chose between them. Stateless.
/// </summary>
/// <remarks>
/// The null hypothesis is that the suspect has not seen the planted canaries, so that swapping a pair changes nothing: the difference of
/// its two scores is as likely positive as negative. Any score will do, with any access: whether the reply came, how often, its
/// log-probability. False positives are bounded by the coin, not by assumptions on models.
/// </remarks>
public static class CanaryTest
{
    /// <summary>
    /// The share of the K + 1 replies, the true one and K drawn alike, that the suspect finds at least as good as the true one.
    /// </summary>
    /// <param name="trueReply">Score of the true reply; large is preferred.</param>
    /// <param name="others">Scores of the others, drawn by the same generator.</param>
    public static PValue Rank(double trueReply, ReadOnlySpan<double> others)
    {
        var reached = 1;
        foreach (var other in others)
        {
            reached += other >= trueReply ? 1 : 0;
        }

        return PValue.FromProbability((double)reached / (others.Length + 1));
    }

    /// <summary>By the sizes of the differences: Wilcoxon's signed-rank test.</summary>
    /// <param name="published">Scores of the planted canaries, in the order of the book.</param>
    /// <param name="withheld">Scores of their twins.</param>
    /// <exception cref="ArgumentException">The numbers of scores differ.</exception>
    public static PValue SignedRank(ReadOnlySpan<double> published, ReadOnlySpan<double> withheld) =>
        SignedRankTest.Greater(Differences(published, withheld));

    /// <summary>By the signs alone, for scores that are only yes or no: McNemar's exact test.</summary>
    /// <inheritdoc cref="SignedRank"/>
    public static PValue Sign(ReadOnlySpan<double> published, ReadOnlySpan<double> withheld)
    {
        var differences = Differences(published, withheld);
        return BinomialTail.AtLeast(
            differences.Count(static difference => difference > 0), differences.Count(static difference => difference != 0), 0.5);
    }

    private static double[] Differences(ReadOnlySpan<double> published, ReadOnlySpan<double> withheld)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(withheld.Length, published.Length);
        var differences = new double[published.Length];
        for (var i = 0; i < differences.Length; i++)
        {
            differences[i] = published[i] - withheld[i];
        }

        return differences;
    }
}
