using Stillwatch.Benchmarks.Detection.Coordination;
using Stillwatch.Statistics;

namespace Stillwatch.Benchmarks.Detection.Metrics;

/// <summary>How well a detector's groups are the true campaigns.</summary>
internal sealed record CampaignMeasures
{
    /// <summary>True campaigns.</summary>
    public required int Campaigns { get; init; }

    /// <summary>Campaigns of which at least half of the accounts are in one group.</summary>
    public required int Found { get; init; }

    /// <summary>Those of <see cref="Found"/> whose group holds mostly their own accounts: at least half of those that count.</summary>
    public required int FoundPure { get; init; }

    /// <summary>
    /// Mean share of its own accounts in the group that holds most of a found campaign; not a number where none is found.
    /// </summary>
    public required double Purity { get; init; }

    /// <summary>
    /// Mean number of groups that hold any account of a campaign, over campaigns that are held at all; not a number for none.
    /// </summary>
    public required double Fragments { get; init; }

    /// <summary>Groups of which most accounts that count are benign.</summary>
    public required int FalseGroups { get; init; }

    /// <summary>Groups with at least one account that counts.</summary>
    public required int Groups { get; init; }

    /// <summary>Agreement of groups and campaigns member by member, over campaign accounts and accused ones.</summary>
    public required BCubed Agreement { get; init; }

    /// <summary>Agreement of groups and campaigns pair by pair, over the same accounts.</summary>
    public required double AdjustedRand { get; init; }

    /// <summary>Share of campaigns found.</summary>
    public double Recall => Found / (double)Campaigns;

    /// <summary>Measures groups, of which only accounts from a score on are members.</summary>
    public static CampaignMeasures Of(Suspicion suspicion, LabelledAccounts truth, double threshold = double.NegativeInfinity)
    {
        int[][] groups =
        [
            .. suspicion.Groups.Select(group => Array.FindAll(group, Belongs)).Where(static group => group.Length > 0),
        ];
        var held = truth.Campaigns().Select(campaign => Best(campaign, groups)).ToArray();
        var found = Array.FindAll(held, static best => best.Found);
        var (agreement, rand) = Agree(groups, truth);
        return new()
        {
            Campaigns = held.Length,
            Found = found.Length,
            FoundPure = found.Count(static best => best.Purity >= 0.5),
            Purity = found.Length == 0 ? double.NaN : found.Average(static best => best.Purity),
            Fragments = held.Where(static best => best.Fragments > 0).Select(static best => (double)best.Fragments)
                .DefaultIfEmpty(double.NaN).Average(),
            FalseGroups = groups.Count(group => group.Count(account => !truth.Positive[account]) * 2 > group.Length),
            Groups = groups.Length,
            Agreement = agreement,
            AdjustedRand = rand,
        };

        bool Belongs(int account) => truth.Counted[account] && suspicion.Scores[account] >= threshold;
    }

    private static (bool Found, double Purity, int Fragments) Best(int[] campaign, int[][] groups)
    {
        var (own, best) = (campaign.ToHashSet(), (Held: 0, Purity: 0.0));
        var fragments = 0;
        foreach (var group in groups)
        {
            var held = group.Count(own.Contains);
            var candidate = (Held: held, Purity: held / (double)group.Length);
            best = candidate.CompareTo(best) > 0 ? candidate : best;
            fragments += held > 0 ? 1 : 0;
        }

        return (best.Held * 2 >= campaign.Length, best.Purity, fragments);
    }

    /// <summary>An account belongs to the first group that holds it; benign accounts and those in no group stand alone.</summary>
    private static (BCubed Agreement, double Rand) Agree(int[][] groups, LabelledAccounts truth)
    {
        var group = new Dictionary<int, int>();
        for (var index = 0; index < groups.Length; index++)
        {
            foreach (var account in groups[index])
            {
                group.TryAdd(account, index);
            }
        }

        var accounts = Enumerable.Range(0, truth.Counted.Length)
            .Where(account => truth.Counted[account] && (truth.Campaign[account] >= 0 || group.ContainsKey(account))).ToArray();
        if (accounts.Length == 0)
        {
            return (new(double.NaN, double.NaN), double.NaN);
        }

        var clusters = Array.ConvertAll(accounts, account => group.TryGetValue(account, out var own) ? own : -1 - account);
        var campaigns = Array.ConvertAll(accounts, account => truth.Campaign[account] is >= 0 and var own ? own : -1 - account);
        return (BCubed.Of(clusters, campaigns), AdjustedRandIndex.Of(clusters, campaigns));
    }
}
