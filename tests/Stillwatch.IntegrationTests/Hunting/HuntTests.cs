using System.Diagnostics;
using Stillwatch.Campaigns;
using Stillwatch.Hunting;
using Stillwatch.Store;

namespace Stillwatch.IntegrationTests.Hunting;

/// <summary>A hunt from interactions to findings, in a real store.</summary>
public sealed class HuntTests : HuntingTests
{
    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(13)]
    public async Task Hunt_LogWithACampaign_FindsItsAccountsAndNobodyElse(ulong seed)
    {
        var log = SyntheticLogBuilder.WithCampaign(seed);
        await using var store = await StoreOfAsync(log);
        var watch = Stopwatch.StartNew();
        var findings = (await new Hunt(store, new()).RunAsync(null, Cancellation)).Findings;
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}: {log.Interactions.Count} interactions, hunted in {watch.Elapsed}");
        Show(findings);
        var campaign = Assert.Single(findings.Campaigns);
        var restricted = findings.Accounts.Where(account => account.Verdict >= Verdict.Restrict)
            .Select(account => account.Account.Value).ToHashSet();
        Assert.Subset(log.Campaign.ToHashSet(), restricted);
        Assert.InRange(restricted.Count, SyntheticLogBuilder.CampaignSize - 1, SyntheticLogBuilder.CampaignSize);
        Assert.Equal(restricted, campaign.Accounts.Select(account => account.Value).ToHashSet());
        Assert.Equal(log.Interactions.Count, findings.Interactions);
        Assert.Equal(log.Accounts.Count, findings.AccountsSeen);
        Assert.Contains(campaign.Reasons, static reason => reason is { Code: "work-partition", Log10EValue: > 1 });
        Assert.Contains(campaign.Reasons, static reason => reason is { Code: "shared-payment", Log10EValue: > 1 });
    }

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(13)]
    public async Task Hunt_LogWhereStrangersUseTheCampaignsWording_FindsNothing(ulong seed)
    {
        var findings = await FindingsOfAsync(SyntheticLogBuilder.WithoutCampaign(seed));
        Assert.Empty(findings.Campaigns);
        Assert.Empty(findings.Accounts);
    }

    /// <summary>
    /// An account with eleven prompts repeats few of thirty-six wordings: what it shares says little, and what it asks decides.
    /// </summary>
    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(13)]
    public async Task Hunt_MembersWithLittleToDo_AreConfirmedByTheirContent(ulong seed)
    {
        var log = SyntheticLogBuilder.WithSparseMembers(seed);
        var findings = await FindingsOfAsync(log);
        Assert.Single(findings.Campaigns);
        var restricted = findings.Accounts.Where(account => account.Verdict >= Verdict.Restrict).ToList();
        Assert.Subset(log.Campaign.ToHashSet(), restricted.Select(account => account.Account.Value).ToHashSet());
        Assert.True(restricted.Count >= SyntheticLogBuilder.CampaignSize + (SyntheticLogBuilder.SparseMembers / 4));
        Assert.Contains(restricted, static account => account.Reasons.Any(static reason =>
            reason is { Code: "confirmed-content", VerdictWithout: Consequence.Clear }));
    }

    /// <summary>Where innocent people use a campaign's wording as much as its members, each member's own content decides.</summary>
    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(13)]
    public async Task Hunt_StrangersInACampaignsGroup_AreNotRestricted(ulong seed)
    {
        var log = SyntheticLogBuilder.WithStrangersOfOneWording(seed);
        var findings = await FindingsOfAsync(log);
        Assert.Single(findings.Campaigns);
        var restricted = findings.Accounts.Where(account => account.Verdict >= Verdict.Restrict)
            .Select(account => account.Account.Value).ToHashSet();
        Assert.Subset(log.Campaign.ToHashSet(), restricted);
        Assert.True(restricted.Count >= 0.8 * log.Campaign.Count, $"{restricted.Count} of {log.Campaign.Count}");
    }

    [Fact]
    public async Task Hunt_EmptyStore_FindsNothing()
    {
        await using var store = await InteractionStore.OpenAsync(NewDirectory(), null, Cancellation);
        var result = await new Hunt(store, new() { Pictures = true }).RunAsync(null, Cancellation);
        Assert.Equal((0, 0), (result.Findings.Interactions, result.Findings.AccountsSeen));
        Assert.Null(result.Findings.From);
        Assert.Empty(result.Findings.Campaigns);
        Assert.Empty(result.Background);
    }

    [Fact]
    public async Task Hunt_Progress_TellsTheStagesInTheirOrder()
    {
        await using var store = await StoreOfAsync(Log);
        var stages = new StageList();
        await new Hunt(store, new()).RunAsync(stages, Cancellation);
        Assert.Equal(Enum.GetValues<HuntStage>(), stages);
    }

    [Fact]
    public async Task Hunt_WithPictures_DrawsWhatTheFindingsSay()
    {
        await using var store = await StoreOfAsync(Log);
        var result = await new Hunt(store, new() { Pictures = true }).RunAsync(null, Cancellation);
        var (campaign, picture) = (Assert.Single(result.Findings.Campaigns), Assert.Single(result.Pictures));
        Assert.Equal(campaign.Id, picture.Id);
        Assert.Equal(campaign.Accounts.ToHashSet(), picture.Members.Select(member => member.Account).ToHashSet());
        Assert.Equal(campaign.Interactions, picture.Days.Sum(day => day.Interactions));
        Assert.Equal(campaign.Interactions, picture.Members.Sum(member => member.Interactions));
        Assert.Equal(campaign.Accounts.Count, picture.Days.Sum(day => day.Joined));
        Assert.Equal(campaign.Accounts.Count, picture.Days.Sum(day => day.Left));
        Assert.Equal(Log.Interactions.Count, result.Background.Sum(day => day.Interactions));
        Assert.Contains(picture.Values, static value => value is { Label: "198.19.0.3", Members: 2 });
        Assert.All(picture.Edges, edge => Assert.True(edge.Member < picture.Members.Count && edge.Value < picture.Values.Count));
        Assert.Equal(await HuntAsync(store), await TextAsync(result.Findings));
    }

    private async Task<Findings> FindingsOfAsync(SyntheticLog log)
    {
        await using var store = await StoreOfAsync(log);
        var findings = (await new Hunt(store, new()).RunAsync(null, Cancellation)).Findings;
        Show(findings);
        return findings;
    }

    private static void Show(Findings findings)
    {
        foreach (var campaign in findings.Campaigns)
        {
            TestContext.Current.TestOutputHelper?.WriteLine(
                $"{campaign.Id}: {campaign.Accounts.Count} accounts, 10^{campaign.Log10EValue}");
            foreach (var reason in campaign.Reasons)
            {
                TestContext.Current.TestOutputHelper?.WriteLine($"  {reason.Code} 10^{reason.Log10EValue}: {reason.Summary}");
            }
        }
    }

    private sealed class StageList : List<HuntStage>, IProgress<HuntStage>
    {
        public void Report(HuntStage value) => Add(value);
    }
}
