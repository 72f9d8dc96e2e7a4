using Stillwatch.Campaigns;
using Stillwatch.Campaigns.Evidence;
using Stillwatch.Coordination;

namespace Stillwatch.Hunting;

/// <summary>Reads samples of groups' members and observes the groups.</summary>
internal sealed class GroupSampler
{
    /// <summary>Groups in whose small sample fewer members than this share are interchangeable are not sampled further.</summary>
    private const double MinScreenedShare = 0.4;

    /// <summary>From so many sampled accounts on, what is read is looked at before more is read: some 500 MB at 30 prompts each.</summary>
    private const int AccountsAPass = 50_000;

    /// <summary>
    /// The least number of prompts that can confirm an account of a part found by infrastructure. Proxies are rented to others as well,
    /// and all that the account sent counts, so that nothing but topics of its own tells an innocent neighbour: they have to be well
    /// seen. In 16 composed logs with campaigns 4 of 124 accounts confirmed without this were independent, none with more than 14
    /// interactions.
    /// </summary>
    private const int MinNeighbourPrompts = ContentExchangeabilityTest.WellSeenPrompts;

    /// <summary>The most accounts near one campaign that are looked at, and as many whose few interactions show little.</summary>
    private const int MaxConfirmed = 400;

    private readonly PromptReader _reader;
    private readonly ThinlySeen _thinlySeen;
    private readonly Dictionary<SharingView, SharingGraph> _graphs;
    private readonly Dictionary<SharingView, GroupObserver> _observers;

    public GroupSampler(Population population, PromptReader reader)
    {
        (_reader, _thinlySeen) = (reader, new ThinlySeen(population));
        _graphs = new()
        {
            [SharingView.Template] = population.Templates,
            [SharingView.Infrastructure] = population.Infrastructure,
        };
        _observers = _graphs.ToDictionary(static graph => graph.Key, static graph => new GroupObserver(graph.Value));
    }

    /// <summary>
    /// Observes groups, in their order: each with a small sample, and with a large one if the small one does not speak against divided
    /// work.
    /// </summary>
    public async Task<GroupObservation[]> ObserveAsync(IReadOnlyList<CandidateGroup> groups, CancellationToken cancellationToken)
    {
        var observations = new List<GroupObservation>(groups.Count);
        foreach (var (some, sampled) in Batches(groups))
        {
            var prompts = await _reader.ReadAsync(sampled, SampleSize.Read, cancellationToken).ConfigureAwait(false);
            var screened = Observe(some, SampleSize.Screening, prompts, cancellationToken);
            var open = Enumerable.Range(0, some.Count).Where(index => screened[index].Content.Share >= MinScreenedShare).ToList();
            var full = Observe(open.ConvertAll(index => some[index]), SampleSize.Full, prompts, cancellationToken);
            for (var i = 0; i < open.Count; i++)
            {
                screened[open[i]] = full[i];
            }

            observations.AddRange(screened);
        }

        return observations.ToArray();
    }

    /// <summary>Cuts the groups into rows that are read together: one pass over the history each, with bounded memory.</summary>
    private IEnumerable<(List<CandidateGroup> Groups, HashSet<int> Sampled)> Batches(IReadOnlyList<CandidateGroup> groups)
    {
        var (some, sampled) = (new List<CandidateGroup>(), new HashSet<int>());
        foreach (var group in groups)
        {
            some.Add(group);
            sampled.UnionWith(_observers[group.View].Sample(group, SampleSize.Full));
            if (sampled.Count >= AccountsAPass)
            {
                yield return (some, sampled);
                (some, sampled) = ([], []);
            }
        }

        yield return (some, sampled);
    }

    private GroupObservation[] Observe(
        List<CandidateGroup> groups,
        SampleSize size,
        Dictionary<int, List<PromptRow>> prompts,
        CancellationToken cancellationToken)
    {
        var observations = new GroupObservation[groups.Count];
        var options = new ParallelOptions { CancellationToken = cancellationToken, MaxDegreeOfParallelism = Environment.ProcessorCount };
        Parallel.For(0, groups.Count, options, index =>
            observations[index] = _observers[groups[index].View].Observe(groups[index], size, member => prompts[member]));
        return observations;
    }

    /// <summary>
    /// Finds out which of the accounts near campaigns, of those at their fringe, and of those too seldom seen to be near belong to
    /// them by their content.
    /// </summary>
    public async Task<IReadOnlyList<JudgedCampaign>> ConfirmAsync(
        IReadOnlyList<JudgedCampaign> campaigns, CancellationToken cancellationToken)
    {
        var claimed = campaigns.SelectMany(static campaign => campaign.Members.Concat(campaign.Nearby)).ToHashSet();
        var doubts = campaigns.Select(campaign => campaign.Parts.Select(part =>
            DoubtOf(part, _thinlySeen.By(part).Where(account => !claimed.Contains(account)).Take(MaxConfirmed))).ToList()).ToList();
        var doubtful = doubts.SelectMany(static campaign => campaign).SelectMany(static doubt => doubt.All).ToHashSet();
        var prompts = await _reader.ReadAsync(doubtful, SampleSize.Read, cancellationToken).ConfigureAwait(false);
        return campaigns.Zip(doubts, (campaign, parts) => new JudgedCampaign(
            campaign.Parts.Zip(parts, (part, doubt) => Confirm(part, doubt, claimed, prompts, cancellationToken)).ToList(),
            campaign.Groups,
            campaign.Log10Level)).ToList();
    }

    private CampaignPart Confirm(
        CampaignPart part,
        Doubt doubt,
        HashSet<int> claimed,
        Dictionary<int, List<PromptRow>> prompts,
        CancellationToken cancellationToken)
    {
        var observation = part.Group.Observation;
        var doubtful = doubt.Members.Concat(doubt.Near).Concat(doubt.Thin.Where(account => !claimed.Contains(account)))
            .Where(account => SharesEnough(observation.Group, account));
        var candidates = _observers[observation.Group.View]
            .ObserveAccounts(observation.Group, doubtful, SampleSize.Full, member => prompts[member]);
        var thin = doubt.Thin.ToHashSet();
        var minPrompts = observation.Group.View == SharingView.Infrastructure ? MinNeighbourPrompts : ContentExchangeabilityTest.MinPrompts;
        var confirmed = candidates.AsParallel().AsOrdered().WithCancellation(cancellationToken)
            .Where(candidate => !thin.Contains(candidate.Account) || candidate.Prompts.Count >= ThinlySeen.MinPrompts)
            .Where(candidate => ContentExchangeabilityTest.CouldBelong(observation.Sample, candidate, observation.Seed, minPrompts))
            .Select(candidate => candidate.Account).ToHashSet();
        claimed.UnionWith(confirmed);
        return part with
        {
            Members = part.Members.Where(member => !doubt.Members.Contains(member)).ToList(),
            Confirmed = confirmed.Order().ToList(),
            Nearby = doubt.Members.Concat(part.Nearby).Where(account => !confirmed.Contains(account)).Order().ToList(),
        };
    }

    /// <summary>Whether an account shares more than one thing of what is typical, or all if that is one thing.</summary>
    private bool SharesEnough(CandidateGroup group, int account)
    {
        if (group.View == SharingView.Infrastructure)
        {
            return true;
        }

        var shared = 0;
        foreach (var use in _graphs[group.View].UsesOf(account))
        {
            shared += group.Core.Any(core => core.Value == use.Value) ? 1 : 0;
        }

        return shared >= Math.Min(ThinlySeen.MinValues, group.Core.Count);
    }

    private Doubt DoubtOf(CampaignPart part, IEnumerable<int> thin)
    {
        var observation = part.Group.Observation;
        var doubtful = DoubtfulMembers.Of(observation, _graphs[observation.Group.View]);
        return new Doubt(part.Members.Where(doubtful.Contains).ToHashSet(), part.Nearby.Take(MaxConfirmed).ToList(), thin.ToList());
    }

    /// <summary>Whose content has to speak for them.</summary>
    /// <param name="Members">Members that do not belong by what they share alone: no surer than accounts near.</param>
    /// <param name="Near">Accounts near the part.</param>
    /// <param name="Thin">Accounts whose few interactions show little; those who are not confirmed are not even near.</param>
    private sealed record Doubt(HashSet<int> Members, IReadOnlyList<int> Near, IReadOnlyList<int> Thin)
    {
        public IEnumerable<int> All => Members.Concat(Near).Concat(Thin);
    }
}
