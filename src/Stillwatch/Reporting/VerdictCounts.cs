using Stillwatch.Campaigns;

namespace Stillwatch.Reporting;

/// <summary>How many accounts got which verdict.</summary>
internal readonly record struct VerdictCounts(int Block, int Restrict, int Review)
{
    public int Total => Block + Restrict + Review;

    public static VerdictCounts Of(IEnumerable<Verdict?> verdicts)
    {
        var counts = default(VerdictCounts);
        foreach (var verdict in verdicts)
        {
            counts = verdict switch
            {
                Verdict.Block => counts with { Block = counts.Block + 1 },
                Verdict.Restrict => counts with { Restrict = counts.Restrict + 1 },
                Verdict.Review => counts with { Review = counts.Review + 1 },
                _ => counts,
            };
        }

        return counts;
    }

    /// <summary>The verdicts that occur, the most severe first.</summary>
    public IEnumerable<(Verdict Verdict, int Accounts)> BySeverity() =>
        new[] { (Verdict.Block, Block), (Verdict.Restrict, Restrict), (Verdict.Review, Review) }.Where(pair => pair.Item2 > 0);
}
