using Stillwatch.Campaigns;
using Stillwatch.Campaigns.Evidence;
using Stillwatch.Coordination;

namespace Stillwatch.Hunting;

/// <summary>Reads samples of groups' members and observes the groups.</summary>
internal sealed class GroupSampler
{
    /// <summary>The most accounts near one campaign that are looked at.</summary>
    private const int MaxConfirmed = 400;

    private readonly PromptReader _reader;
    private readonly Dictionary<SharingView, GroupObserver> _observers;

    public GroupSampler(Population population, PromptReader reader)
    {
        _reader = reader;
        _observers = new Dictionary<SharingView, GroupObserver>
        {
            [SharingView.Template] = new(population.Templates),
            [SharingView.Infrastructure] = new(population.Infrastructure),
        };
    }

    /// <summary>Reads what the groups' members asked, as much of it as any test looks at: one pass over the history.</summary>
    public Task<Dictionary<int, List<PromptRow>>> ReadAsync(IReadOnlyList<CandidateGroup> groups, CancellationToken cancellationToken)
    {
        var sampled = groups.SelectMany(group => _observers[group.View].Sample(group, SampleSize.Full)).ToHashSet();
        return _reader.ReadAsync(sampled, SampleSize.Read, cancellationToken);
    }

    /// <summary>Observes groups, in their order.</summary>
    public GroupObservation[] Observe(
        IReadOnlyList<CandidateGroup> groups,
        SampleSize size,
        IReadOnlyDictionary<int, List<PromptRow>> prompts,
        CancellationToken cancellationToken)
    {
        var observations = new GroupObservation[groups.Count];
        var options = new ParallelOptions { CancellationToken = cancellationToken, MaxDegreeOfParallelism = Environment.ProcessorCount };
        Parallel.For(0, groups.Count, options, index =>
            observations[index] = _observers[groups[index].View].Observe(groups[index], size, member => prompts[member]));
        return observations;
    }

    /// <summary>Finds out which of the accounts near campaigns belong to them, by their content.</summary>
    public async Task<IReadOnlyList<JudgedCampaign>> ConfirmAsync(
        IReadOnlyList<JudgedCampaign> campaigns, CancellationToken cancellationToken)
    {
        var near = campaigns.SelectMany(campaign => campaign.Parts).SelectMany(Near).ToHashSet();
        var prompts = await _reader.ReadAsync(near, SampleSize.Read, cancellationToken).ConfigureAwait(false);
        return campaigns.Select(campaign => new JudgedCampaign(
            campaign.Parts.Select(part => Confirm(part, prompts, cancellationToken)).ToList())).ToList();
    }

    private CampaignPart Confirm(CampaignPart part, Dictionary<int, List<PromptRow>> prompts, CancellationToken cancellationToken)
    {
        var observation = part.Group.Observation;
        var candidates = _observers[observation.Group.View]
            .ObserveAccounts(observation.Group, Near(part), SampleSize.Full, member => prompts[member]);
        var confirmed = candidates.AsParallel().AsOrdered().WithCancellation(cancellationToken)
            .Where(candidate => ContentExchangeabilityTest.CouldBelong(observation.Sample, candidate, observation.Seed))
            .Select(candidate => candidate.Account).ToHashSet();
        return part with
        {
            Confirmed = part.Nearby.Where(confirmed.Contains).ToList(),
            Nearby = part.Nearby.Where(account => !confirmed.Contains(account)).ToList(),
        };
    }

    private static IEnumerable<int> Near(CampaignPart part) => part.Nearby.Take(MaxConfirmed);
}
