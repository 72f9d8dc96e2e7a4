using Stillwatch.Sketching;
using Stillwatch.Statistics;

namespace Stillwatch.Campaigns.Evidence;

/// <summary>How evenly the members of a group are loaded and how alike their hours are, beside accounts and beside other groups.</summary>
/// <remarks>
/// Accounts of one kind are more alike than accounts of all kinds, so that draws of accounts alone would accuse every class and every
/// company. A group is therefore also ranked, by its deviation, among groups of the log whose content speaks against divided work, and the
/// larger of the two p-values counts: it is valid if the group is exchangeable with those (conformal; Vovk, Gammerman and Shafer 2005).
/// </remarks>
internal sealed class ActivityExaminer
{
    private const int MinGroups = 10;
    private const int MaxGroups = 500;

    private readonly Population _population;
    private readonly ReferenceAccounts _reference;
    private readonly EvidenceOptions _options;
    private readonly SplitConformalCalibration _loads;
    private readonly SplitConformalCalibration _hours;

    /// <param name="population">All accounts.</param>
    /// <param name="groups">All groups: the accounts that are drawn are theirs.</param>
    /// <param name="independent">Those whose content speaks against divided work.</param>
    /// <param name="options">Which tests are wanted.</param>
    public ActivityExaminer(
        Population population,
        IReadOnlyList<GroupObservation> groups,
        IReadOnlyList<GroupObservation> independent,
        EvidenceOptions options)
    {
        (_population, _options) = (population, options);
        _reference = new ReferenceAccounts(groups, population);
        var some = independent.OrderBy(static group => XxHash64.Avalanche(group.Seed)).Take(MaxGroups).ToList();
        _loads = Calibrate(some, EvidenceKind.LoadBalance, Loads);
        _hours = Calibrate(some, EvidenceKind.SynchronizedActivity, Hours);
    }

    /// <summary>Examines one of the groups.</summary>
    public IReadOnlyList<EvidenceValue> Examine(GroupObservation group, List<EvidenceFinding> findings)
    {
        var tests = new List<EvidenceValue>();
        if (_options.Uses(EvidenceKind.LoadBalance) && Loads(group) is { } loads)
        {
            var chance = ChanceOf(loads, _loads);
            tests.Add(new(EvidenceKind.LoadBalance, null, PToECalibrator.Power(chance, 0.5)));
            findings.Add(ActivityReasons.Balance(LoadsOf(group), loads, chance, tests[^1].Value));
        }

        if (_options.Uses(EvidenceKind.SynchronizedActivity) && Hours(group) is { } hours)
        {
            var chance = ChanceOf(hours, _hours);
            tests.Add(new(EvidenceKind.SynchronizedActivity, null, PToECalibrator.Power(chance, 0.5)));
            findings.Add(ActivityReasons.Hours(hours, chance, tests[^1].Value));
        }

        return tests;
    }

    private SplitConformalCalibration Calibrate(
        List<GroupObservation> groups, EvidenceKind kind, Func<GroupObservation, ActivityResult?> test) =>
        new(_options.Uses(kind) ? [.. groups.AsParallel().Select(test).OfType<ActivityResult>().Select(static it => it.Deviation)] : []);

    private static PValue ChanceOf(ActivityResult result, SplitConformalCalibration groups)
    {
        var rank = groups.Count < MinGroups ? result.Chance : groups.PValueOf(result.Deviation);
        return rank.Log10 > result.Chance.Log10 ? rank : result.Chance;
    }

    private ActivityResult? Loads(GroupObservation group) =>
        LoadBalanceTest.Test(LoadsOf(group), _reference.LoadsOutside([.. group.Group.Members]), group.Seed);

    private ActivityResult? Hours(GroupObservation group) => SynchronizedActivityTest.Test(
        group.Sample.Select(SynchronizedActivityTest.Histogram).OfType<int[]>().ToList(),
        _reference.HoursOutside([.. group.Group.Members]),
        group.Seed);

    private List<double> LoadsOf(GroupObservation group) =>
        group.Sample.Select(member => (double)_population.Profiles[member.Account].Interactions).ToList();
}
