using Stillwatch.Sketching;
using Stillwatch.Statistics;

namespace Stillwatch.Campaigns.Evidence;

/// <summary>How much the groups of a log draw out reasoning, grades, rewordings or tool use: a group is ranked among the others.</summary>
/// <remarks>
/// Conformal p-value with groups as units: exact if a group of independent accounts is exchangeable with the other groups.
/// </remarks>
internal sealed class ElicitationReference
{
    private const double WorthTelling = 0.5;

    private static readonly IEqualityComparer<GroupObservation> ByReference = ReferenceEqualityComparer.Instance;

    private static readonly Elicitation[] Kinds =
        [Elicitation.Reasoning, Elicitation.Rubric, Elicitation.Rewriting, Elicitation.Agentic];

    private readonly Dictionary<GroupObservation, double> _shares;

    public ElicitationReference(IReadOnlyList<GroupObservation> groups) => _shares = groups.Distinct(ByReference)
        .Select(static group => KeyValuePair.Create(group, Share(group, kind: null))).ToDictionary(ByReference);

    /// <summary>Examines a group, beside those of the groups that it is not itself.</summary>
    public EValue Examine(GroupObservation group, EvidenceOptions options, List<EvidenceFinding> findings)
    {
        if (!options.Uses(EvidenceKind.Elicitation))
        {
            return EValue.One;
        }

        var share = Share(group, kind: null);
        var itself = _shares.ContainsKey(group) ? 0 : 1;
        var chance = PValue.FromProbability((_shares.Values.Count(other => other >= share) + itself) / (double)(_shares.Count + itself));
        var value = PToECalibrator.Power(chance, 0.5);
        foreach (var kind in Kinds)
        {
            if (Share(group, kind) is >= WorthTelling and var part)
            {
                findings.Add(ContentReasons.Elicits(kind, part, value));
            }
        }

        return value;
    }

    private static double Share(GroupObservation group, Elicitation? kind)
    {
        var (hits, prompts) = (0, 0);
        foreach (var prompt in group.Sample.SelectMany(member => member.Prompts))
        {
            prompts++;
            hits += kind is null ? (prompt.Elicitation != Elicitation.None ? 1 : 0) : ((prompt.Elicitation & kind) != 0 ? 1 : 0);
        }

        return prompts == 0 ? 0 : (double)hits / prompts;
    }
}
