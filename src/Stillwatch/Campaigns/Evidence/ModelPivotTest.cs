using Stillwatch.Profiles;
using Stillwatch.Statistics;

namespace Stillwatch.Campaigns.Evidence;

/// <summary>Whether more members than other accounts took up a new model within a day of its release.</summary>
/// <remarks>
/// Compared are accounts that were active before and after the release. On a launch day many accounts move; their share among all
/// comparable accounts is the null's probability, raised by <see cref="Clustering"/> because accounts of one tool move together
/// (binomial tail). Where nearly everybody moves, as from a model that is switched off, or few others could, the exact test
/// without allowance (Fisher's) is the more cautious; the larger p-value of the two counts.
/// </remarks>
internal static class ModelPivotTest
{
    /// <summary>How soon a move counts as a pivot.</summary>
    public const long WithinMs = 24L * 60 * 60 * 1000;

    private const double Clustering = 1.5;
    private const double MaxShare = 0.95;

    /// <summary>Of some accounts, those that moved and those that could have.</summary>
    public static (int Moved, int Comparable) Count(ModelRelease release, AccountProfiles profiles, IEnumerable<int> accounts)
    {
        var (moved, comparable) = (0, 0);
        foreach (var account in accounts)
        {
            ref readonly var profile = ref profiles[account];
            if (profile.FirstMs < release.ReleasedMs && profile.LastMs >= release.ReleasedMs)
            {
                comparable++;
                moved += release.Adopted[account] is > 0 and var time && time - release.ReleasedMs <= WithinMs ? 1 : 0;
            }
        }

        return (moved, comparable);
    }

    /// <summary>The share of all others that moved and the probability of so many members; null if too few could have.</summary>
    /// <param name="members">What <see cref="Count"/> gives for the members.</param>
    /// <param name="population">What it gives for all accounts.</param>
    public static (double Share, PValue Chance)? Test((int Moved, int Comparable) members, (int Moved, int Comparable) population)
    {
        var (moved, comparable) = members;
        var (allMoved, all) = population;
        if (comparable < 4 || all - comparable < 20)
        {
            return null;
        }

        var share = (allMoved - moved + 1.0) / (all - comparable + 2.0);
        var eager = BinomialTail.AtLeast(moved, comparable, Math.Min(share * Clustering, MaxShare));
        var alike = HypergeometricTail.AtLeast(moved, all, allMoved, comparable);
        return (share, eager > alike ? eager : alike);
    }
}
