using Stillwatch.Campaigns;
using Stillwatch.Campaigns.Evidence;

namespace Stillwatch.Hunting;

/// <summary>
/// Tests groups and decides which are campaigns; then tests what is left of groups once the campaigns' accounts are out of them.
/// </summary>
/// <remarks>
/// Campaigns that share wording are found as one group, and members who work at different things are not interchangeable. Where one of the
/// campaigns is found by itself elsewhere, the rest of that group is the other. Who is taken out is decided by the content of others, so
/// the rest's e-value is as valid as the group's, and each rest counts among the hypotheses whose false-discovery rate is controlled. An
/// account that is taken out for its own content looked interchangeable, which leaves less evidence and not more.
/// </remarks>
internal sealed class GroupTrial
{
    private const int MaxRounds = 3;

    private readonly Population _population;
    private readonly HuntOptions _options;
    private readonly GroupSampler _sampler;

    public GroupTrial(Population population, HuntOptions options, GroupSampler sampler) =>
        (_population, _options, _sampler) = (population, options, sampler);

    /// <summary>Told what was examined; null for nobody.</summary>
    public Action<HuntExamination>? Examined { get; init; }

    /// <summary>The campaigns among the observed groups, strongest first.</summary>
    public async Task<IReadOnlyList<JudgedCampaign>> RunAsync(
        IReadOnlyList<GroupObservation> observations, CancellationToken cancellationToken)
    {
        var nulls = InterchangeabilityNulls.Fit(observations);
        var examiner = new GroupExaminer(_population, observations, nulls, _options.Evidence);
        var operators = new OperatorMatching(_population, _options.Grouping, _options.InfrastructureGrouping);
        var remainders = new Remainders(_population.Parties, _options.Grouping.MinParties);
        var examined = Examine(examiner, observations, cancellationToken).ToList();
        var campaigns = CampaignJudge.Judge(examined, _options.Suspicion, examiner.ContentOf, operators);
        for (var round = 1; round < MaxRounds; round++)
        {
            var rest = remainders.Of(examined.Select(static group => group.Observation.Group), campaigns);
            if (rest.Count == 0)
            {
                break;
            }

            var observed = await _sampler.ObserveAsync(rest, cancellationToken).ConfigureAwait(false);
            examined.AddRange(Examine(examiner, observed, cancellationToken));
            campaigns = CampaignJudge.Judge(examined, _options.Suspicion, examiner.ContentOf, operators);
        }

        Examined?.Invoke(new HuntExamination(_population, examiner, examined));
        return campaigns;
    }

    private static ExaminedGroup[] Examine(
        GroupExaminer examiner, IReadOnlyList<GroupObservation> groups, CancellationToken cancellationToken)
    {
        var options = new ParallelOptions { CancellationToken = cancellationToken, MaxDegreeOfParallelism = Environment.ProcessorCount };
        var examined = new ExaminedGroup[groups.Count];
        Parallel.For(0, groups.Count, options, index => examined[index] = examiner.Examine(groups[index]));
        return examined;
    }
}
