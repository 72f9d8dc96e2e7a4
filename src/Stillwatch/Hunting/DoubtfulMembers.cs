using Stillwatch.Campaigns.Evidence;
using Stillwatch.Coordination;
using Stillwatch.Statistics;

namespace Stillwatch.Hunting;

/// <summary>Which members of a group do not belong by what they share alone: their own content has to speak for them.</summary>
/// <remarks>
/// All of a mixed group (<see cref="ContentExchangeability.IsMixed"/>). Those who share little of what is typical. And those who share one
/// typical value only, where others who share nothing but that same value are not interchangeable: a phrase that a campaign uses may be
/// an ordinary one, and who uses it for other reasons is often too little seen to be tested himself.
/// </remarks>
internal static class DoubtfulMembers
{
    /// <summary>Members with less of what is typical than this share of the average member's.</summary>
    public const double FringeScore = 0.75;

    /// <summary>
    /// The share of a campaign's members that are found interchangeable, at least: of those who are little seen the level of the test
    /// leaves out one in ten.
    /// </summary>
    private const double CampaignShare = 0.85;

    private const double MixedLevel = 0.05;

    /// <summary>The doubtful members.</summary>
    /// <param name="observation">The group.</param>
    /// <param name="graph">The graph in which it was found.</param>
    public static HashSet<int> Of(GroupObservation observation, SharingGraph graph)
    {
        var group = observation.Group;
        var members = group.Members.Zip(group.Scores);
        if (observation.Content.IsMixed)
        {
            return [.. group.Members];
        }

        var doubtful = members.Where(static member => member.Second < FringeScore).Select(static member => member.First).ToHashSet();
        var core = group.Core.Select(static value => value.Value).ToHashSet();
        foreach (var alike in group.Members.GroupBy(member => OnlyValue(graph, core, member)))
        {
            if (alike.Key is not null && core.Count > 1 && IsMixed(alike.Where(observation.Interchangeable.ContainsKey), observation))
            {
                doubtful.UnionWith(alike);
            }
        }

        return doubtful;
    }

    /// <summary>Whether fewer of some members are interchangeable than of a campaign's (binomial, at 5 %).</summary>
    private static bool IsMixed(IEnumerable<int> tested, GroupObservation observation)
    {
        var (count, interchangeable) = (0, 0);
        foreach (var member in tested)
        {
            count++;
            interchangeable += observation.Interchangeable[member] ? 1 : 0;
        }

        return BinomialTail.AtMost(interchangeable, count, CampaignShare).Probability <= MixedLevel;
    }

    /// <summary>The typical value that an account uses, if it is one only.</summary>
    private static int? OnlyValue(SharingGraph graph, HashSet<int> core, int account)
    {
        int? only = null;
        foreach (var use in graph.UsesOf(account))
        {
            if (core.Contains(use.Value))
            {
                if (only is not null)
                {
                    return null;
                }

                only = use.Value;
            }
        }

        return only;
    }
}
