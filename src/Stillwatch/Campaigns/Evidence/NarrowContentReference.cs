using Stillwatch.Statistics;

namespace Stillwatch.Campaigns.Evidence;

/// <summary>
/// How narrow a group's content is: how alike prompts of different members are, once the wording that all share is taken out. Work on one
/// capability, item by item, is narrower than what the users of one tool ask of it. A group is ranked among the others of the log.
/// </summary>
/// <remarks>
/// Conformal p-value with groups as units: exact if a group of independent accounts is exchangeable with the other groups. It is told and
/// not multiplied with the rest, because members whose prompts are alike also pass for interchangeable.
/// </remarks>
internal sealed class NarrowContentReference
{
    private const int MinTested = 5;

    private readonly HashSet<GroupObservation> _groups;

    public NarrowContentReference(IEnumerable<GroupObservation> groups) => _groups = groups
        .Where(static group => group.Content.Tested >= MinTested)
        .ToHashSet((IEqualityComparer<GroupObservation>)ReferenceEqualityComparer.Instance);

    /// <summary>Examines a group, beside those that it is not itself; null if it has too few members with enough prompts.</summary>
    public EvidenceFinding? Examine(GroupObservation group)
    {
        if (group.Content.Tested < MinTested)
        {
            return null;
        }

        var itself = _groups.Contains(group) ? 0 : 1;
        var narrower = _groups.Count(other => other.Content.BetweenSimilarity >= group.Content.BetweenSimilarity);
        var chance = PValue.FromProbability((narrower + itself) / (double)(_groups.Count + itself));
        return ContentReasons.Narrow(group.Content, chance, PToECalibrator.Power(chance, 0.5));
    }
}
