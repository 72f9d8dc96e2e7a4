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

    private readonly Population _population;
    private readonly ReferenceAccounts _reference;
    private readonly InterchangeabilityNulls _nulls;
    private readonly ElicitationReference _elicitation;
    private readonly NarrowContentReference _narrow;
    private readonly EvidenceOptions _options;
    private readonly long[] _registrations;
    private readonly LogSpan _span;
    private readonly (int Moved, int Comparable)[] _adoption;
    private readonly Dictionary<GroupObservation, List<SharedValuesResult>> _shared;
    private readonly Dictionary<SharedValueKind, SharedValuesNull> _sharing;

    public GroupExaminer(
        Population population, IReadOnlyList<GroupObservation> groups, InterchangeabilityNulls contentNulls, EvidenceOptions options)
    {
        (_population, _nulls, _options) = (population, contentNulls, options);
        _reference = new ReferenceAccounts(groups, population);
        _elicitation = new ElicitationReference(groups);
        _narrow = new NarrowContentReference(groups);
        _shared = groups.AsParallel().Select(group => KeyValuePair.Create(group, SharedBy(group)))
            .ToDictionary((IEqualityComparer<GroupObservation>)ReferenceEqualityComparer.Instance);
        _sharing = groups.Where(group => Content(group, []) <= EValue.One).SelectMany(group => _shared[group])
            .GroupBy(static result => result.Kind)
            .ToDictionary(static kind => kind.Key, static kind => SharedValuesNull.Fit(kind.ToList()));
        _span = LogSpan.Of(population.Profiles);
        _adoption = population.Releases.Select(release =>
            ModelPivotTest.Count(release, population.Profiles, Enumerable.Range(0, population.Profiles.Count))).ToArray();
        _registrations = Enumerable.Range(0, population.Profiles.Count)
            .Select(account => population.Profiles[account].CreatedMs).Where(static time => time != 0).ToArray();
        Array.Sort(_registrations);
    }

    /// <summary>Examines one group; one whose content speaks against divided work is examined no further.</summary>
    public ExaminedGroup Examine(GroupObservation group)
    {
        var findings = new List<EvidenceFinding>();
        var content = Content(group, findings);
        if (content <= EValue.One)
        {
            return new ExaminedGroup(group, findings, content, EValue.One, content);
        }

        var corroboration = Corroborate(group, findings);
        return new ExaminedGroup(group, findings, content, corroboration, EValueCombination.Product([content, corroboration]));
    }

    /// <summary>Runs every test but those of the gate, whatever these say; a hunt needs it only where they do not speak against.</summary>
    public EValue Corroborate(GroupObservation group, List<EvidenceFinding> findings)
    {
        if (_options.Uses(EvidenceKind.NarrowContent) && _narrow.Examine(group) is { } narrow)
        {
            findings.Add(narrow);
        }

        var sides = new List<EValue>
        {
            Shared(group, findings),
            Activity(group, findings),
            _elicitation.Examine(group, _options, findings),
            Pivot(group, findings),
            Lifecycle(group, findings),
        };
        return EValueCombination.Product(sides.Select(Half).ToArray());
    }

    private static EValue Half(EValue value) =>
        value.Log10 > 300 ? value : EValue.FromValue((1 + value.Value) / 2);

    private EValue Content(GroupObservation group, List<EvidenceFinding> findings)
    {
        var parts = new List<EValue>();
        if (_options.Uses(EvidenceKind.InterchangeableContent))
        {
            var expected = _nulls.Of(group.Content);
            parts.Add(expected.EvidenceOf(group.Content));
            findings.Add(ContentReasons.Interchangeable(group.Content, expected, parts[^1]));
        }

        if (_options.Uses(EvidenceKind.WorkPartition))
        {
            parts.Add(group.Partition.Evidence);
            findings.Add(ContentReasons.Partition(group.Partition, parts[^1]));
        }

        return parts.Count == 0 ? EValue.One : parts.Min();
    }

    private EValue Shared(GroupObservation group, List<EvidenceFinding> findings)
    {
        var fromTemplates = group.Group.View == SharingView.Template;
        var kind = fromTemplates ? EvidenceKind.SharedInfrastructure : EvidenceKind.SharedTemplate;
        if (!_options.Uses(kind))
        {
            return EValue.One;
        }

        var kinds = fromTemplates ? InfrastructureKinds : TemplateKinds;
        var values = Enumerable.Repeat(EValue.One, kinds.Length - _shared[group].Count).ToList();
        foreach (var result in _shared[group])
        {
            var chance = (_sharing.GetValueOrDefault(result.Kind) ?? new()).ChanceOf(result);
            values.Add(PToECalibrator.Mixture(chance));
            if (result.Sharing > 0)
            {
                findings.Add(SharingReasons.Of(kind, result, chance, values[^1]));
            }
        }

        return EValueCombination.Mean(values.ToArray());
    }

    /// <summary>What the members share on the side on which the group was not found.</summary>
    private List<SharedValuesResult> SharedBy(GroupObservation group)
    {
        var fromTemplates = group.Group.View == SharingView.Template;
        var graph = fromTemplates ? _population.Infrastructure : _population.Templates;
        return (fromTemplates ? InfrastructureKinds : TemplateKinds)
            .Select(kind => SharedValuesTest.Test(graph, group.Group.Members, kind)).OfType<SharedValuesResult>().ToList();
    }

    private EValue Activity(GroupObservation group, List<EvidenceFinding> findings)
    {
        var members = group.Group.Members.ToHashSet();
        var values = new List<EValue>();
        var loads = group.Sample.Select(member => (double)_population.Profiles[member.Account].Interactions).ToList();
        if (_options.Uses(EvidenceKind.LoadBalance)
            && LoadBalanceTest.Test(loads, _reference.LoadsOutside(members), group.Seed) is { } balance)
        {
            values.Add(PToECalibrator.Power(balance.Chance, 0.5));
            findings.Add(ActivityReasons.Balance(loads, balance.Spread, balance.Chance, values[^1]));
        }

        var hours = group.Sample.Select(SynchronizedActivityTest.Histogram).OfType<int[]>().ToList();
        if (_options.Uses(EvidenceKind.SynchronizedActivity)
            && SynchronizedActivityTest.Test(hours, _reference.HoursOutside(members), group.Seed) is { } hour)
        {
            values.Add(PToECalibrator.Power(hour.Chance, 0.5));
            findings.Add(ActivityReasons.Hours(hour.Overlap, hour.Chance, values[^1]));
        }

        return values.Count == 0 ? EValue.One : EValueCombination.Mean(values.ToArray());
    }

    private EValue Pivot(GroupObservation group, List<EvidenceFinding> findings)
    {
        if (!_options.Uses(EvidenceKind.ModelPivot) || _population.Releases.Count == 0)
        {
            return EValue.One;
        }

        var values = new List<EValue>();
        for (var release = 0; release < _adoption.Length; release++)
        {
            var members = ModelPivotTest.Count(_population.Releases[release], _population.Profiles, group.Group.Members);
            if (ModelPivotTest.Test(members, _adoption[release]) is { } pivot)
            {
                values.Add(PToECalibrator.Mixture(pivot.Chance));
                findings.Add(LifecycleReasons.Pivot(members.Moved, members.Comparable, pivot.Share, values[^1]));
            }
        }

        return values.Count == 0 ? EValue.One : EValueCombination.Mean(values.ToArray());
    }

    private EValue Lifecycle(GroupObservation group, List<EvidenceFinding> findings)
    {
        var values = new List<EValue>();
        var created = OnePerParty(group).Select(member => _population.Profiles[member].CreatedMs).Where(time => time != 0).ToList();
        if (_options.Uses(EvidenceKind.CreationBurst) && CreationBurstTest.Test(created, _registrations) is { } burst)
        {
            values.Add(PToECalibrator.Mixture(burst.Chance));
            findings.Add(LifecycleReasons.Burst(burst.Companions, burst.Known, values[^1]));
        }

        if (_options.Uses(EvidenceKind.Replacement))
        {
            var lives = group.Group.Members.Select(member => Life(member)).ToList();
            if (ReplacementTest.Test(lives, _span.FromMs, _span.ToMs) is { } replaced)
            {
                values.Add(PToECalibrator.Power(replaced.Chance, 0.5));
                findings.Add(LifecycleReasons.Replacement(replaced, values[^1]));
            }
        }

        return values.Count == 0 ? EValue.One : EValueCombination.Mean(values.ToArray());
    }

    private IEnumerable<int> OnePerParty(GroupObservation group) =>
        group.Group.Members.DistinctBy(member => _population.Parties.Party[member]);

    private (long FirstMs, long LastMs) Life(int member) =>
        (_population.Profiles[member].FirstMs, _population.Profiles[member].LastMs);
}
