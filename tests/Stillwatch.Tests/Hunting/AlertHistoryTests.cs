using Stillwatch.Campaigns;
using Stillwatch.Hunting;
using Stillwatch.Interactions;

namespace Stillwatch.Tests.Hunting;

/// <summary>What a replay has reported stays reported.</summary>
public sealed class AlertHistoryTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Add_CampaignThatGrows_KeepsItsFirstAlertAndEveryMember()
    {
        var history = new AlertHistory();
        history.Add(Start, Found(Campaign("one", 5, "a", "b", "c")));
        history.Add(Start.AddHours(1), Found(Campaign("other name", 7, "b", "c", "d", "e")));
        var campaign = Assert.Single(history.Campaigns);
        Assert.Equal(Start, campaign.AlertedAt);
        Assert.Equal(7, campaign.Log10EValue);
        Assert.Equal("a b c d e", string.Join(' ', campaign.Accounts));
    }

    [Fact]
    public void Add_CampaignsWithoutCommonMembers_AreTwo()
    {
        var history = new AlertHistory();
        history.Add(Start, Found(Campaign("one", 5, "a", "b", "c")));
        history.Add(Start.AddHours(1), Found(Campaign("two", 6, "c", "x", "y", "z")));
        Assert.Equal([Start.AddHours(1), Start], history.Campaigns.Select(static campaign => campaign.AlertedAt!.Value));
    }

    /// <summary>A campaign that falls apart in a later hunt is described by its stronger part, in whatever order they come.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Add_TwoPartsOfAKnownCampaign_TakesTheStrongerOne(bool strongerFirst)
    {
        var history = new AlertHistory();
        history.Add(Start, Found(Campaign("whole", 5, "a", "b", "c", "d")));
        var (strong, weak) = (Campaign("strong", 8, "a", "b"), Campaign("weak", 4, "c", "d"));
        history.Add(Start.AddHours(1), strongerFirst ? Found(strong, weak) : Found(weak, strong));
        var campaign = Assert.Single(history.Campaigns);
        Assert.Equal(("strong", 8), (campaign.Id.Value, campaign.Log10EValue));
        Assert.Equal(4, campaign.Accounts.Count);
    }

    [Fact]
    public void Add_MilderVerdictLater_KeepsTheMoreSevereOne()
    {
        var history = new AlertHistory();
        foreach (var (hour, verdict) in new[] { Verdict.Review, Verdict.Block, Verdict.Restrict, Verdict.Review }.Index())
        {
            history.Add(Start.AddHours(hour), Found() with { Accounts = [Account("a", verdict)] });
        }

        Assert.Equal(Verdict.Block, Assert.Single(history.Accounts).Verdict);
    }

    /// <summary>A campaign is called otherwise in every hunt that finds other members; what was near it follows.</summary>
    [Fact]
    public void Add_AccountNearACampaignThatIsRenamed_IsNearTheNewName()
    {
        var history = new AlertHistory();
        var near = Account("z", Verdict.Review) with { Near = new CampaignId("one") };
        history.Add(Start, Found(Campaign("one", 5, "a", "b", "c")) with { Accounts = [near] });
        history.Add(Start.AddHours(1), Found(Campaign("two", 6, "a", "b", "c", "d")));
        Assert.Equal("two", history.Accounts.Single(static account => account.Account.Value == "z").Near!.Value.Value);
    }

    [Fact]
    public void Add_AccountNearACampaignThatItJoinsLater_IsAMember()
    {
        var history = new AlertHistory();
        var near = Account("z", Verdict.Review) with { Near = new CampaignId("one") };
        history.Add(Start, Found(Campaign("one", 5, "a", "b", "c")) with { Accounts = [near] });
        history.Add(Start.AddHours(1), Found(Campaign("two", 6, "a", "b", "z")));
        var joined = history.Accounts.Single(static account => account.Account.Value == "z");
        Assert.Equal(("two", null), (joined.Campaign!.Value.Value, joined.Near));
    }

    private static Findings Found(params CampaignFinding[] campaigns) => new()
    {
        Interactions = 100,
        AccountsSeen = 20,
        Campaigns = campaigns,
        Accounts = campaigns.SelectMany(static campaign => campaign.Accounts)
            .Select(static account => Account(account.Value, Verdict.Restrict)).ToList(),
    };

    private static AccountFinding Account(string name, Verdict verdict) =>
        new() { Account = new AccountId(name), Verdict = verdict, Reasons = [] };

    private static CampaignFinding Campaign(string id, double log10, params string[] accounts) => new()
    {
        Id = new CampaignId(id),
        Accounts = [.. accounts.Select(static account => new AccountId(account))],
        Interactions = 10,
        Log10EValue = log10,
        Reasons = [],
    };
}
