using Stillwatch.Campaigns;
using Stillwatch.Coordination;
using Stillwatch.Sketching;

namespace Stillwatch.Hunting;

/// <summary>What is left of groups once the accounts of campaigns are taken out of them.</summary>
/// <param name="parties">Who belongs together by declaration.</param>
/// <param name="minParties">The fewest parties of a group.</param>
internal sealed class Remainders(AccountParties parties, int minParties)
{
    /// <summary>Groups with fewer accounts of campaigns, or a smaller share of them, are left as they are.</summary>
    private const int MinTaken = 3;

    private const double MinTakenShare = 0.1;

    private readonly HashSet<ulong> _known = [];

    /// <summary>The remainders that were not given before, in the order of their groups.</summary>
    /// <param name="groups">All groups.</param>
    /// <param name="campaigns">The campaigns; accounts near them are taken out as well.</param>
    public List<CandidateGroup> Of(IEnumerable<CandidateGroup> groups, IReadOnlyList<JudgedCampaign> campaigns)
    {
        var taken = campaigns.SelectMany(static campaign => campaign.Members.Concat(campaign.Nearby)).ToHashSet();
        return groups.Select(group => Rest(group, taken)).OfType<CandidateGroup>().Where(rest => _known.Add(Identity(rest))).ToList();
    }

    private CandidateGroup? Rest(CandidateGroup group, HashSet<int> taken)
    {
        var left = Enumerable.Range(0, group.Members.Count).Where(index => !taken.Contains(group.Members[index])).ToList();
        var removed = group.Members.Count - left.Count;
        if (removed < MinTaken || removed < MinTakenShare * group.Members.Count)
        {
            return null;
        }

        var members = left.ConvertAll(index => group.Members[index]);
        var count = members.Select(member => parties.Party[member]).Distinct().Count();
        return count < minParties ? null : group with
        {
            Members = members,
            Scores = left.ConvertAll(index => group.Scores[index]),
            Parties = count,
            Nearby = group.Nearby.Where(near => !taken.Contains(near.Account)).ToList(),
        };
    }

    private static ulong Identity(CandidateGroup group) =>
        group.Members.Aggregate((ulong)group.View, static (hash, member) => XxHash64.Combine(hash, (ulong)member));
}
