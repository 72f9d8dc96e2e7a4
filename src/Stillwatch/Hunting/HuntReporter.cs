using Stillwatch.Campaigns;
using Stillwatch.Campaigns.Evidence;
using Stillwatch.Coordination;
using Stillwatch.Profiles;
using Stillwatch.Store;

namespace Stillwatch.Hunting;

/// <summary>Turns judged campaigns into findings: names instead of fingerprints, sentences instead of figures.</summary>
internal sealed class HuntReporter
{
    private readonly InteractionStore _store;
    private readonly Population _population;
    private readonly HuntOptions _options;

    public HuntReporter(InteractionStore store, Population population, HuntOptions options) =>
        (_store, _population, _options) = (store, population, options);

    /// <summary>The result of the hunt.</summary>
    public async Task<HuntResult> ReportAsync(IReadOnlyList<JudgedCampaign> campaigns, CancellationToken cancellationToken)
    {
        var members = campaigns.SelectMany(campaign => campaign.Members.Concat(campaign.Nearby))
            .Select(member => _population.Profiles[member].Account);
        var names = await _store.LabelsAsync(LabelKind.Account, members.ToList(), cancellationToken).ConfigureAwait(false);
        var modelHashes = _population.Profiles.Models.Select(use => use.Model).Distinct().ToList();
        var models = await _store.LabelsAsync(LabelKind.Model, modelHashes, cancellationToken).ConfigureAwait(false);
        var named = campaigns.Select(campaign => NamedCampaign.Of(campaign, _population, names)).ToList();
        var findings = Findings(named, models);
        var painter = new PicturePainter(_store, _population);
        return new HuntResult
        {
            Findings = findings,
            Pictures = _options.Pictures ? await painter.PaintAsync(named, cancellationToken).ConfigureAwait(false) : [],
            Background = _options.Pictures ? await painter.BackgroundAsync(cancellationToken).ConfigureAwait(false) : [],
        };
    }

    private Findings Findings(List<NamedCampaign> campaigns, IReadOnlyDictionary<ulong, string> models)
    {
        var span = LogSpan.Of(_population.Profiles);
        var use = ModelsOf(campaigns.SelectMany(static campaign => campaign.Members).Select(static member => member.Index).ToHashSet());
        return new Findings
        {
            Interactions = Enumerable.Range(0, _population.Profiles.Count).Sum(account => _population.Profiles[account].Interactions),
            AccountsSeen = _population.Profiles.Count,
            From = _population.Profiles.Count == 0 ? null : DateTimeOffset.FromUnixTimeMilliseconds(span.FromMs),
            To = _population.Profiles.Count == 0 ? null : DateTimeOffset.FromUnixTimeMilliseconds(span.ToMs),
            Campaigns = campaigns.Select(campaign => Campaign(campaign, use, models)).ToList(),
            Accounts = campaigns.SelectMany(campaign => Accounts(campaign)
                .OrderBy(static account => account.Verdict == Verdict.Review)
                .ThenBy(static account => account.Account.Value, StringComparer.Ordinal)).ToList(),
        };
    }

    private CampaignFinding Campaign(
        NamedCampaign campaign, ILookup<int, ModelUse> use, IReadOnlyDictionary<ulong, string> models)
    {
        var members = campaign.Members;
        return new CampaignFinding
        {
            Id = campaign.Id,
            Accounts = members.Select(member => member.Name).ToList(),
            Interactions = members.Sum(member => _population.Profiles[member.Index].Interactions),
            FirstSeen = DateTimeOffset.FromUnixTimeMilliseconds(members.Min(member => _population.Profiles[member.Index].FirstMs)),
            LastSeen = DateTimeOffset.FromUnixTimeMilliseconds(members.Max(member => _population.Profiles[member.Index].LastMs)),
            Log10EValue = CampaignReasons.Figure(campaign.Judged.Group.Combined),
            Log10Level = Math.Round(campaign.Judged.Log10Level, 3),
            Log10Content = CampaignReasons.Figure(campaign.Judged.Group.Content),
            Log10Corroboration = CampaignReasons.Figure(campaign.Judged.Group.Corroboration),
            Models = members.SelectMany(member => use[member.Index]).GroupBy(model => model.Model)
                .OrderByDescending(group => group.Sum(model => model.Interactions)).ThenBy(group => group.Key)
                .Select(group => models.GetValueOrDefault(group.Key, "unknown")).ToList(),
            Reasons = CampaignReasons.Of(campaign.Judged, _population, _options.Suspicion),
        };
    }

    private IEnumerable<AccountFinding> Accounts(NamedCampaign campaign)
    {
        var names = campaign.Members.Concat(campaign.Nearby).ToDictionary(account => account.Index, account => account.Name);
        foreach (var (place, part) in campaign.Judged.Parts.Index())
        {
            var group = part.Group.Observation.Group;
            var scores = new MembershipScores(_population.Graph(group.View));
            scores.Score(new GroupCore(group.Core));
            var outside = scores.Outside(group.Members);
            var confirmed = part.Confirmed.ToHashSet();
            var thin = part.Confirmed.Except(group.Members).Except(group.Nearby.Select(static near => near.Account)).ToHashSet();
            foreach (var (account, verdict) in Verdicts(part))
            {
                var membership = new AccountMembership(
                    account, verdict, place, scores[account], confirmed.Contains(account), thin.Contains(account));
                yield return new AccountFinding
                {
                    Account = names[account],
                    Campaign = verdict == Verdict.Review ? null : campaign.Id,
                    Near = verdict == Verdict.Review ? campaign.Id : null,
                    Verdict = verdict,
                    PValue = (1.0 + outside.Length - LowerBound(outside, scores[account]))
                        / (1.0 + _population.Profiles.Count - group.Members.Count),
                    Score = Math.Round(scores[account], 3),
                    ScoreNeeded = DoubtfulMembers.FringeScore,
                    Reasons = CampaignReasons.Membership(campaign.Id, part, membership, _population),
                };
            }
        }
    }

    /// <summary>What is advised for each account of a part, and for those near it.</summary>
    public static IEnumerable<(int Account, Verdict Verdict)> Verdicts(CampaignPart part) =>
        part.Members.Select(member => (member, part.Verdict))
            .Concat(part.Confirmed.Select(static account => (account, Verdict.Restrict)))
            .Concat(part.Nearby.Select(static account => (account, Verdict.Review)));

    private static int LowerBound(double[] ascending, double value)
    {
        var index = Array.BinarySearch(ascending, value);
        index = index < 0 ? ~index : index;
        while (index > 0 && ascending[index - 1] >= value)
        {
            index--;
        }

        return index;
    }

    private ILookup<int, ModelUse> ModelsOf(HashSet<int> accounts) =>
        _population.Profiles.Models.Where(use => accounts.Contains(use.Account)).ToLookup(static use => use.Account);
}
