using Stillwatch.Coordination;
using Stillwatch.Profiles;
using Stillwatch.Statistics;

namespace Stillwatch.Campaigns.Evidence;

/// <summary>Runs every test on a group and combines what they find.</summary>
/// <remarks>
/// Content counts by its weakest part: interchangeable members could be strangers who draw from one public list, members who
/// repeat nothing could be strangers with topics of their own; only a group that is neither has divided work. Other sides
/// count as bets of half the stake, (1 + e)/2, so that the absence of one sign takes little away, and multiply because, for
/// independent accounts, who pays and when one works says nothing about what one asks. Kinds of one side depend on each other
/// and are averaged. The side on which the group was found counts nothing (V. Vovk, R. Wang, Annals of Statistics 2021).
/// </remarks>
internal sealed class GroupExaminer
{
    private static readonly SharedValueKind[] InfrastructureKinds =
        [SharedValueKind.Payment, SharedValueKind.EmailDomain, SharedValueKind.Address, SharedValueKind.Network, SharedValueKind.Client];

    private static readonly SharedValueKind[] TemplateKinds =
        [SharedValueKind.Phrase, SharedValueKind.SystemPrompt, SharedValueKind.ToolSet];

    /// <summary>How many times more than random accounts independent ones share at least.</summary>
    private const double LeastSharingFactor = 5;

    private readonly Population _population;
    private readonly ActivityExaminer _activity;
    private readonly InterchangeabilityNulls _nulls;
    private readonly ElicitationReference _elicitation;
    private readonly NarrowContentReference _narrow;
    private readonly EvidenceOptions _options;
    private readonly long[] _registrations;
    private readonly LogSpan _span;
    private readonly (int Moved, int Comparable)[] _adoption;
    private readonly Dictionary<GroupObservation, List<SharedValuesResult>> _shared;
    private readonly Dictionary<SharedValueKind, ExcessNull> _sharing;
    private readonly ExcessNull _bursts;

    public GroupExaminer(
        Population population, IReadOnlyList<GroupObservation> groups, InterchangeabilityNulls contentNulls, EvidenceOptions options)
    {
        (_population, _nulls, _options) = (population, contentNulls, options);
        var independent = groups.AsParallel().AsOrdered()
            .Where(group => new CombinedEvidence(Content(group, []), []).Content <= EValue.One).ToList();
        _activity = new ActivityExaminer(population, groups, independent, options);
        _elicitation = new ElicitationReference(groups);
        _narrow = new NarrowContentReference(groups);
        _shared = groups.AsParallel().Select(group => KeyValuePair.Create(group, SharedBy(group)))
            .ToDictionary((IEqualityComparer<GroupObservation>)ReferenceEqualityComparer.Instance);
        _sharing = independent.SelectMany(group => _shared[group]).GroupBy(static result => result.Kind).ToDictionary(
            static kind => kind.Key, static kind => ExcessNull.Fit([.. kind.Select(static it => it.Common)], LeastSharingFactor));
        _span = LogSpan.Of(population.Profiles);
        _adoption = population.Releases.Select(release =>
            ModelPivotTest.Count(release, population.Profiles, Enumerable.Range(0, population.Profiles.Count))).ToArray();
        _registrations = Enumerable.Range(0, population.Profiles.Count)
            .Select(account => population.Profiles[account].CreatedMs).Where(static time => time != 0).ToArray();
        Array.Sort(_registrations);
        _bursts = ExcessNull.Fit(
            [.. independent.AsParallel().Select(Burst).OfType<CreationBurstResult>().Select(static burst => burst.Followed)],
            CreationBurstTest.LeastFactor);
    }

    /// <summary>
    /// Examines one group, whether or not it is one of those that the laws are fitted to; one whose content speaks against divided work is
    /// examined no further.
    /// </summary>
    public ExaminedGroup Examine(GroupObservation group)
    {
        var findings = new List<EvidenceFinding>();
        var content = Content(group, findings);
        var gate = new CombinedEvidence(content, []);
        if (gate.Content <= EValue.One)
        {
            return ExaminedGroup.Of(group, findings, gate) with { Attainable = Attainable(group) };
        }

        var evidence = new CombinedEvidence(content, Corroborate(group, findings));
        return ExaminedGroup.Of(group, findings, evidence) with { Attainable = Attainable(group) };
    }

    /// <summary>Evidence that some of a group's members divide one list of work, from what these were seen to send alone.</summary>
    public EValue ContentOf(GroupObservation group, IReadOnlySet<int> members)
    {
        var sample = group.Sample.Where(member => members.Contains(member.Account)).ToList();
        var (whole, each) = ContentExchangeabilityTest.Test(sample, group.Seed);
        var some = group with
        {
            Sample = sample,
            Content = whole,
            Interchangeable = each,
            Partition = WorkPartitionTest.Test(sample),
        };
        return new CombinedEvidence(Content(some, []), []).Content;
    }

    /// <summary>
    /// Runs every test but those of the gate, whatever these say, and gives their e-values by side; a hunt needs it only where the gate's
    /// do not speak against.
    /// </summary>
    public IReadOnlyList<IReadOnlyList<EvidenceValue>> Corroborate(GroupObservation group, List<EvidenceFinding> findings)
    {
        if (_options.Uses(EvidenceKind.NarrowContent) && _narrow.Examine(group) is { } narrow)
        {
            findings.Add(narrow);
        }

        return
        [
            Shared(group, findings),
            _activity.Examine(group, findings),
            [new(EvidenceKind.Elicitation, null, _elicitation.Examine(group, _options, findings))],
            Pivot(group, findings),
            Lifecycle(group, findings),
        ];
    }

    private List<EvidenceValue> Content(GroupObservation group, List<EvidenceFinding> findings)
    {
        var tests = new List<EvidenceValue>();
        if (_options.Uses(EvidenceKind.InterchangeableContent))
        {
            var expected = _nulls.Of(group.Content);
            var value = expected.EvidenceOf(group.Content);
            tests.Add(new(EvidenceKind.InterchangeableContent, null, value));
            findings.Add(ContentReasons.Interchangeable(group.Content, expected, value));
        }

        if (_options.Uses(EvidenceKind.WorkPartition))
        {
            tests.Add(new(EvidenceKind.WorkPartition, null, group.Partition.Evidence));
            findings.Add(ContentReasons.Partition(group.Partition, group.Partition.Evidence));
        }

        return tests;
    }

    /// <summary>The content that the group would have if all members were interchangeable and no two had asked the same.</summary>
    private EValue Attainable(GroupObservation group)
    {
        var best = group with
        {
            Content = group.Content with { Interchangeable = group.Content.Tested },
            Partition = group.Partition with { Common = PoissonTail.AtMost(0, group.Partition.Expected) },
        };
        return new CombinedEvidence(Content(best, []), []).Content;
    }

    /// <summary>One test a kind of value; of a kind that the log does not have there is no evidence, which is averaged as such.</summary>
    private List<EvidenceValue> Shared(GroupObservation group, List<EvidenceFinding> findings)
    {
        var fromTemplates = group.Group.View == SharingView.Template;
        var kind = fromTemplates ? EvidenceKind.SharedInfrastructure : EvidenceKind.SharedTemplate;
        if (!_options.Uses(kind))
        {
            return [];
        }

        var results = _shared.GetValueOrDefault(group) ?? SharedBy(group);
        var tests = new List<EvidenceValue>();
        foreach (var shared in fromTemplates ? InfrastructureKinds : TemplateKinds)
        {
            var result = results.Find(result => result.Kind == shared);
            var law = _sharing.GetValueOrDefault(shared) ?? new ExcessNull(LeastSharingFactor);
            var chance = result is null ? PValue.One : law.ChanceOf(result.Common);
            var value = result is null ? EValue.One : PToECalibrator.Mixture(chance);
            tests.Add(new(kind, SharingReasons.Code(shared), value));
            if (result is { Sharing: > 0 })
            {
                findings.Add(SharingReasons.Of(kind, result, chance, value));
            }
        }

        return tests;
    }

    /// <summary>What the members share on the side on which the group was not found.</summary>
    private List<SharedValuesResult> SharedBy(GroupObservation group)
    {
        var fromTemplates = group.Group.View == SharingView.Template;
        var graph = fromTemplates ? _population.Infrastructure : _population.Templates;
        return (fromTemplates ? InfrastructureKinds : TemplateKinds)
            .Select(kind => SharedValuesTest.Test(graph, group.Group.Members, kind)).OfType<SharedValuesResult>().ToList();
    }

    private List<EvidenceValue> Pivot(GroupObservation group, List<EvidenceFinding> findings)
    {
        if (!_options.Uses(EvidenceKind.ModelPivot) || _population.Releases.Count == 0)
        {
            return [];
        }

        var tests = new List<EvidenceValue>();
        for (var release = 0; release < _adoption.Length; release++)
        {
            var members = ModelPivotTest.Count(_population.Releases[release], _population.Profiles, group.Group.Members);
            if (ModelPivotTest.Test(members, _adoption[release]) is { } pivot)
            {
                tests.Add(new(EvidenceKind.ModelPivot, null, PToECalibrator.Mixture(pivot.Chance)));
                findings.Add(LifecycleReasons.Pivot(members.Moved, members.Comparable, pivot.Share, tests[^1].Value));
            }
        }

        return tests;
    }

    private List<EvidenceValue> Lifecycle(GroupObservation group, List<EvidenceFinding> findings)
    {
        var tests = new List<EvidenceValue>();
        if (_options.Uses(EvidenceKind.CreationBurst) && Burst(group) is { } burst)
        {
            var chance = _bursts.ChanceOf(burst.Followed);
            tests.Add(new(EvidenceKind.CreationBurst, null, PToECalibrator.Mixture(chance)));
            findings.Add(LifecycleReasons.Burst(burst, chance, tests[^1].Value));
        }

        if (_options.Uses(EvidenceKind.Replacement))
        {
            var lives = group.Group.Members.Select(member => Life(member)).ToList();
            if (ReplacementTest.Test(lives, _span.FromMs, _span.ToMs) is { } replaced)
            {
                tests.Add(new(EvidenceKind.Replacement, null, PToECalibrator.Power(replaced.Chance, 0.5)));
                findings.Add(LifecycleReasons.Replacement(replaced, tests[^1].Value));
            }
        }

        return tests;
    }

    private CreationBurstResult? Burst(GroupObservation group) => CreationBurstTest.Test(
        group.Group.Members.DistinctBy(member => _population.Parties.Party[member])
            .Select(member => _population.Profiles[member].CreatedMs).Where(static time => time != 0).ToList(),
        _registrations);

    private (long FirstMs, long LastMs) Life(int member) =>
        (_population.Profiles[member].FirstMs, _population.Profiles[member].LastMs);
}
