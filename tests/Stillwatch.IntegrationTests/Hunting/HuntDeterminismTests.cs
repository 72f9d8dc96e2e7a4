using Stillwatch.Interactions;
using Stillwatch.Statistics;
using Stillwatch.Store;
using Stillwatch.Store.Engine;

namespace Stillwatch.IntegrationTests.Hunting;

/// <summary>The same interactions give the same findings, byte for byte, however they came into the store.</summary>
public sealed class HuntDeterminismTests(HuntedLog hunted) : HuntingTests, IClassFixture<HuntedLog>
{
    [Fact]
    public async Task Hunt_Twice_GivesTheSameBytes()
    {
        await using var store = await StoreOfAsync(Log);
        var first = await HuntAsync(store);
        Assert.Contains("relay_7", first, StringComparison.Ordinal);
        Assert.Equal(first, await HuntAsync(store));
        Assert.Equal(hunted.Findings, first);
    }

    [Fact]
    public async Task Hunt_ShuffledInput_GivesTheSameBytes()
    {
        for (var seed = 1UL; seed <= 2; seed++)
        {
            await using var store = await InteractionStore.OpenAsync(NewDirectory(), null, Cancellation);
            await AppendAsync(store, Shuffled(Log.Interactions, seed), batches: 3);
            await store.ImportRegistrationsAsync(Shuffled([.. Log.Registrations], seed).ToAsyncEnumerable(), Cancellation);
            Assert.True(hunted.Findings == await HuntAsync(store), $"Seed {seed}: other findings.");
        }
    }

    [Fact]
    public async Task Hunt_InteractionsThatCameTwice_GivesTheSameBytes()
    {
        await using var store = await StoreOfAsync(Log);
        var expected = await HuntAsync(store);
        await AppendAsync(store, Shuffled(Log.Interactions, 5));
        Assert.Equal(expected, await HuntAsync(store));
    }

    /// <summary>Of an account with thousands of interactions the engine draws the sample.</summary>
    [Fact]
    public async Task Hunt_MemberWithThousandsOfInteractions_GivesTheSameBytesInAnyOrder()
    {
        var log = SyntheticLogBuilder.WithCampaign(seed: 11);
        var account = log.Accounts.Single(static account => account.Name == "relay_7");
        var generator = new SeededGenerator(2);
        for (var sent = 0; sent < 2_500; sent++)
        {
            var prompt = $"Work on the item below as a careful domain expert would.\nItem {sent % 50}";
            account.Send(SyntheticLog.StartMs + (sent * 300_000L), prompt, ref generator);
        }

        var interactions = new SyntheticLog(log.Accounts, log.Campaign).Interactions;
        var expected = await HuntAsync(log, interactions);
        Assert.Contains("\"relay_6\"", expected, StringComparison.Ordinal);
        Assert.Equal(expected, await HuntAsync(log, Shuffled(interactions, 3)));
    }

    [Fact]
    public async Task Hunt_StoreThatKeepsFullTexts_GivesTheSameBytes()
    {
        Assert.Equal((hunted.Findings, false), await HuntAsync(ContentPolicy.Default));
        Assert.Equal((hunted.Findings, true), await HuntAsync(ContentPolicy.All(ContentTreatment.Full)));
    }

    [Fact]
    public async Task Hunt_StoreThatKeepsNothingOfPrompts_FindsNoCampaign()
    {
        var (findings, _) = await HuntAsync(ContentPolicy.All(ContentTreatment.None));
        Assert.Contains("\"campaigns\": []", findings, StringComparison.Ordinal);
    }

    /// <summary>The findings, and whether texts were kept.</summary>
    private async Task<(string Findings, bool HasTexts)> HuntAsync(ContentPolicy content)
    {
        await using var store = await StoreOfAsync(Log, Log.Interactions, 1, content);
        return (await HuntAsync(store), await NumberAsync(store, TextBytes) > 0);
    }

    private static Sql TextBytes => Sql.Of("SELECT toUInt64(sum(length(messages_text))) FROM interactions");

    private static T[] Shuffled<T>(IReadOnlyList<T> items, ulong seed)
    {
        var shuffled = items.ToArray();
        new SeededGenerator(seed).Shuffle<T>(shuffled);
        return shuffled;
    }
}
