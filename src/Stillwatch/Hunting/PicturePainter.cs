using System.Globalization;
using Stillwatch.Campaigns;
using Stillwatch.Campaigns.Evidence;
using Stillwatch.Coordination;
using Stillwatch.Store;
using Stillwatch.Store.Engine;

namespace Stillwatch.Hunting;

/// <summary>Draws what a report shows of campaigns.</summary>
internal sealed class PicturePainter
{
    private const long DayMs = 24L * 60 * 60 * 1000;
    private const long MaxQueryBytes = 256L << 20;

    private readonly InteractionStore _store;
    private readonly Population _population;

    public PicturePainter(InteractionStore store, Population population) => (_store, _population) = (store, population);

    /// <summary>One picture a campaign.</summary>
    public async Task<IReadOnlyList<CampaignPicture>> PaintAsync(
        IReadOnlyList<NamedCampaign> campaigns, CancellationToken cancellationToken)
    {
        var pictures = new List<CampaignPicture>();
        foreach (var campaign in campaigns)
        {
            pictures.Add(await PaintAsync(campaign, cancellationToken).ConfigureAwait(false));
        }

        return pictures;
    }

    /// <summary>The whole log day by day.</summary>
    public Task<IReadOnlyList<PictureDay>> BackgroundAsync(CancellationToken cancellationToken) =>
        DaysAsync(Sql.Of("1"), Enumerable.Range(0, _population.Profiles.Count), cancellationToken);

    private async Task<CampaignPicture> PaintAsync(NamedCampaign campaign, CancellationToken cancellationToken)
    {
        var drawn = campaign.Members
            .OrderByDescending(member => _population.Profiles[member.Index].Interactions)
            .ThenBy(member => member.Name.Value, StringComparer.Ordinal)
            .Take(CampaignPicture.MaxMembers).ToList();
        var values = Values(campaign);
        var labels = await LabelsAsync(values.Select(value => value.Shared), cancellationToken).ConfigureAwait(false);
        var accounts = campaign.Members.Select(member => _population.Profiles[member.Index].Account).Order();
        var verdicts = campaign.Judged.Parts.SelectMany(HuntReporter.Verdicts).ToDictionary(pair => pair.Account, pair => pair.Verdict);
        return new CampaignPicture
        {
            Id = campaign.Id,
            MemberCount = campaign.Members.Count,
            Members = drawn.Select(member => Member(verdicts[member.Index], member.Index, member.Name)).ToList(),
            Values = values.Select(value =>
                new PictureValue(value.Shared.Kind, Label(value.Shared, labels), value.Members.Count, value.Shared.Parties)).ToList(),
            Edges = Edges(drawn.Select(member => member.Index).ToList(), values),
            Days = await DaysAsync(
                Sql.Format($"account IN ({accounts})"), campaign.Members.Select(member => member.Index), cancellationToken)
                .ConfigureAwait(false),
        };
    }

    private PictureMember Member(Verdict verdict, int index, Interactions.AccountId name)
    {
        ref readonly var profile = ref _population.Profiles[index];
        return new PictureMember(
            name,
            verdict,
            profile.Interactions,
            profile.CreatedMs == 0 ? null : DateTimeOffset.FromUnixTimeMilliseconds(profile.CreatedMs),
            DateTimeOffset.FromUnixTimeMilliseconds(profile.FirstMs),
            DateTimeOffset.FromUnixTimeMilliseconds(profile.LastMs));
    }

    /// <summary>What members share on both sides, the most telling first.</summary>
    private List<(SharedValue Shared, HashSet<int> Members)> Values(NamedCampaign campaign) =>
        new[] { _population.Templates, _population.Infrastructure }
            .SelectMany(graph => Values(graph, campaign))
            .OrderByDescending(value => value.Members.Count * value.Shared.Weight)
            .ThenBy(value => value.Shared.Kind).ThenBy(value => value.Shared.Hash)
            .Take(CampaignPicture.MaxValues).ToList();

    private static IEnumerable<(SharedValue Shared, HashSet<int> Members)> Values(SharingGraph graph, NamedCampaign campaign)
    {
        var users = new Dictionary<int, HashSet<int>>();
        foreach (var (member, _) in campaign.Members)
        {
            foreach (var use in graph.UsesOf(member))
            {
                (users.TryGetValue(use.Value, out var list) ? list : users[use.Value] = []).Add(member);
            }
        }

        return users.Where(pair => pair.Value.Count > 1 && graph.Value(pair.Key).Weight > 0)
            .Select(pair => (graph.Value(pair.Key), pair.Value));
    }

    private static List<PictureEdge> Edges(List<int> members, List<(SharedValue Shared, HashSet<int> Members)> values)
    {
        var edges = new List<PictureEdge>();
        for (var member = 0; member < members.Count; member++)
        {
            for (var value = 0; value < values.Count; value++)
            {
                if (values[value].Members.Contains(members[member]))
                {
                    edges.Add(new PictureEdge(member, value));
                }
            }
        }

        return edges;
    }

    private async Task<Dictionary<(SharedValueKind Kind, ulong Hash), string>> LabelsAsync(
        IEnumerable<SharedValue> values, CancellationToken cancellationToken)
    {
        var labels = new Dictionary<(SharedValueKind Kind, ulong Hash), string>();
        foreach (var kind in values.GroupBy(value => value.Kind))
        {
            if (LabelOf(kind.Key) is { } label)
            {
                var texts = await _store.LabelsAsync(label, kind.Select(value => value.Hash).ToList(), cancellationToken)
                    .ConfigureAwait(false);
                foreach (var (hash, text) in texts)
                {
                    labels[(kind.Key, hash)] = text;
                }
            }
        }

        return labels;
    }

    private static LabelKind? LabelOf(SharedValueKind kind) => kind switch
    {
        SharedValueKind.Payment => LabelKind.Payment,
        SharedValueKind.EmailDomain => LabelKind.EmailDomain,
        SharedValueKind.Address => LabelKind.Address,
        SharedValueKind.Network => LabelKind.Network,
        _ => null,
    };

    private static string Label(SharedValue value, Dictionary<(SharedValueKind Kind, ulong Hash), string> labels) =>
        labels.TryGetValue((value.Kind, value.Hash), out var text) ? text
            : string.Create(CultureInfo.InvariantCulture, $"{SharingReasons.Name(value.Kind, 1)} {value.Hash >> 40:x6}");

    private async Task<IReadOnlyList<PictureDay>> DaysAsync(Sql condition, IEnumerable<int> accounts, CancellationToken cancellationToken)
    {
        var counts = new SortedDictionary<long, (long Interactions, int Accounts)>();
        var query = Sql.Format(
            $"SELECT intDiv(time, {DayMs}) AS number, count(), uniqExact(account) FROM interactions WHERE {condition} GROUP BY number");
        var settings = QuerySettings.None.With("max_query_size", MaxQueryBytes);
        await using (var rows = await _store.Engine.QueryAsync(query, settings, cancellationToken).ConfigureAwait(false))
        {
            while (rows.Read())
            {
                counts[rows.Int64()] = ((long)rows.UInt64(), (int)rows.UInt64());
            }
        }

        return Days(counts, accounts.ToList());
    }

    private List<PictureDay> Days(SortedDictionary<long, (long Interactions, int Accounts)> counts, List<int> accounts)
    {
        if (counts.Count == 0)
        {
            return [];
        }

        var joined = accounts.CountBy(account => _population.Profiles[account].FirstMs / DayMs).ToDictionary();
        var left = accounts.CountBy(account => _population.Profiles[account].LastMs / DayMs).ToDictionary();
        var days = new List<PictureDay>();
        for (var day = counts.Keys.First(); day <= counts.Keys.Last(); day++)
        {
            var (interactions, active) = counts.GetValueOrDefault(day);
            var date = DateOnly.FromDateTime(DateTime.UnixEpoch.AddDays(day));
            days.Add(new PictureDay(date, interactions, active, joined.GetValueOrDefault(day), left.GetValueOrDefault(day)));
        }

        return days;
    }
}
