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

    /// <summary>Observes groups, in their order.</summary>
    public async Task<GroupObservation[]> ObserveAsync(
        IReadOnlyList<CandidateGroup> groups, SampleSize size, CancellationToken cancellationToken)
    {
        var sampled = groups.SelectMany(group => _observers[group.View].Sample(group, size)).ToHashSet();
        var prompts = await _reader.ReadAsync(sampled, size.Read, cancellationToken).ConfigureAwait(false);
        var observations = new GroupObservation[groups.Count];
        var options = new ParallelOptions { CancellationToken = cancellationToken, MaxDegreeOfParallelism = Environment.ProcessorCount };
        Parallel.For(0, groups.Count, options, index =>
            observations[index] = _observers[groups[index].View].Observe(groups[index], size, member => prompts[member]));
        return observations;
    }

    /// <summary>Finds out which of the accounts near a campaign belong to it, by their content.</summary>
    public async Task<JudgedCampaign> ConfirmAsync(JudgedCampaign campaign, CancellationToken cancellationToken)
    {
        var observation = campaign.Group.Observation;
        var near = campaign.Nearby.Take(MaxConfirmed).ToList();
        var prompts = await _reader.ReadAsync(near, SampleSize.Full.Read, cancellationToken).ConfigureAwait(false);
        var candidates = _observers[observation.Group.View]
            .ObserveAccounts(observation.Group, near, SampleSize.Full, member => prompts[member]);
        var confirmed = candidates.AsParallel().AsOrdered().WithCancellation(cancellationToken)
            .Where(candidate => ContentExchangeabilityTest.CouldBelong(observation.Sample, candidate, observation.Seed))
            .Select(candidate => candidate.Account).ToHashSet();
        return campaign with
        {
            Confirmed = near.Where(confirmed.Contains).ToList(),
            Nearby = campaign.Nearby.Where(account => !confirmed.Contains(account)).ToList(),
        };
    }
}
