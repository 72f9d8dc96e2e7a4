using Stillwatch.Campaigns;
using Stillwatch.Hunting;
using Stillwatch.Store;

namespace Stillwatch.IntegrationTests.Hunting;

/// <summary>How early a campaign is seen, by the log's own time.</summary>
public sealed class ReplayTests : HuntingTests
{
    private static readonly ReplayOptions Daily = new() { Every = TimeSpan.FromDays(1) };

    [Fact]
    public async Task Replay_Campaign_TellsWhenItWasSeenFirstAndWhatCameBefore()
    {
        var findings = await ReplayAsync(Log);
        var campaign = Assert.Single(findings.Campaigns);
        var alerted = campaign.AlertedAt!.Value.ToUnixTimeMilliseconds();
        var members = campaign.Accounts.Select(account => account.Value).ToHashSet();
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"alerted {campaign.AlertedAt}, {campaign.InteractionsBeforeAlert} before, {members.Count} members");
        Assert.Subset(Log.Campaign.ToHashSet(), members);
        Assert.InRange(members.Count, SyntheticLogBuilder.CampaignSize - 1, SyntheticLogBuilder.CampaignSize);
        Assert.InRange(alerted, Day(5), Day(SyntheticLog.Days));
        Assert.Equal(
            Log.Interactions.Count(interaction => members.Contains(interaction.Account.Value) && interaction.ObservedAtMs < alerted),
            campaign.InteractionsBeforeAlert);
    }

    [Fact]
    public async Task Replay_LogThatEndsAfterTheAlert_AlertsAtTheSameTime()
    {
        var whole = Assert.Single((await ReplayAsync(Log)).Campaigns);
        var alerted = whole.AlertedAt!.Value.ToUnixTimeMilliseconds();
        var early = Assert.Single((await ReplayAsync(Log, alerted)).Campaigns);
        Assert.Equal(whole.AlertedAt, early.AlertedAt);
        Assert.Empty((await ReplayAsync(Log, alerted - SyntheticLog.DayMs)).Campaigns);
    }

    [Fact]
    public async Task Replay_CampaignThatBeginsLater_AlertsLater()
    {
        var early = Assert.Single((await ReplayAsync(SyntheticLogBuilder.WithCampaign(11, fromDay: 2))).Campaigns);
        var late = Assert.Single((await ReplayAsync(SyntheticLogBuilder.WithCampaign(11, fromDay: 7))).Campaigns);
        Assert.True(late.AlertedAt > early.AlertedAt, $"{late.AlertedAt} is not later than {early.AlertedAt}");
    }

    [Fact]
    public async Task Replay_LogWithoutCampaign_NeverAlerts()
    {
        var findings = await ReplayAsync(SyntheticLogBuilder.WithoutCampaign(11));
        Assert.Empty(findings.Campaigns);
        Assert.Empty(findings.Accounts);
    }

    [Fact]
    public async Task Replay_Twice_GivesTheSameBytesAndProgress()
    {
        await using var store = await StoreOfAsync(Log, batches: 4);
        var (first, second) = (new SnapshotList(), new SnapshotList());
        var replay = new Replay(store, Daily);
        var expected = await TextAsync(await replay.RunAsync(first, Cancellation));
        Assert.Equal(expected, await TextAsync(await replay.RunAsync(second, Cancellation)));
        Assert.Equal(first, second);
        Assert.Equal(Enumerable.Range(1, first[0].Planned), first.Select(snapshot => snapshot.Hunts));
        Assert.Equal(SyntheticLog.Days, first.Count);
    }

    [Fact]
    public async Task Hunt_AfterAReplay_GivesWhatItGaveBefore()
    {
        await using var store = await StoreOfAsync(Log, batches: 2);
        var expected = await HuntAsync(store);
        await new Replay(store, Daily).RunAsync(null, Cancellation);
        Assert.Equal(expected, await HuntAsync(store));
        await AppendAsync(store, Log.Interactions);
        Assert.Equal(expected, await HuntAsync(store));
    }

    [Fact]
    public async Task Hunt_AfterAReplayThatWasCutShort_GivesWhatItGaveBefore()
    {
        await using var store = await StoreOfAsync(Log);
        var expected = await HuntAsync(store);
        using var cut = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var progress = new SnapshotList { Added = count => { if (count == 3) { cut.Cancel(); } } };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new Replay(store, Daily).RunAsync(progress, cut.Token));
        Assert.Equal(expected, await HuntAsync(store));
    }

    [Fact]
    public async Task Replay_TheLastHunt_KnowsWhatAHuntOverAllKnows()
    {
        await using var store = await StoreOfAsync(Log);
        var hunt = (await new Hunt(store, new()).RunAsync(null, Cancellation)).Findings;
        var replay = await new Replay(store, new() { Every = TimeSpan.FromDays(30) }).RunAsync(null, Cancellation);
        var undated = replay with
        {
            Campaigns = [.. replay.Campaigns.Select(static campaign => campaign with { AlertedAt = null, InteractionsBeforeAlert = null })],
        };
        var sorted = hunt with { Accounts = [.. hunt.Accounts.OrderBy(static account => account.Account.Value, StringComparer.Ordinal)] };
        Assert.Equal(await TextAsync(sorted), await TextAsync(undated));
    }

    [Fact]
    public async Task Replay_EmptyStore_FindsNothing()
    {
        await using var store = await InteractionStore.OpenAsync(NewDirectory(), null, Cancellation);
        var findings = await new Replay(store, Daily).RunAsync(null, Cancellation);
        Assert.Equal(0, findings.AccountsSeen);
    }

    private static long Day(int day) => SyntheticLog.StartMs + (day * SyntheticLog.DayMs);

    private async Task<Findings> ReplayAsync(SyntheticLog log, long before = long.MaxValue)
    {
        await using var store = await StoreOfAsync(log, [.. log.Interactions.Where(interaction => interaction.ObservedAtMs < before)]);
        return await new Replay(store, Daily).RunAsync(null, Cancellation);
    }

    private sealed class SnapshotList : List<ReplaySnapshot>, IProgress<ReplaySnapshot>
    {
        public Action<int>? Added { get; init; }

        public void Report(ReplaySnapshot value)
        {
            Add(value);
            Added?.Invoke(Count);
        }
    }
}
