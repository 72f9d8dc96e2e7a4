using Stillwatch.Campaigns;
using Stillwatch.Hunting;
using Stillwatch.IntegrationTests.Store.Engine;
using Stillwatch.Store;

namespace Stillwatch.IntegrationTests.Hunting;

/// <summary>A hunt in this process and one on a real clickhouse-server, years older, find the same.</summary>
public sealed class BothEnginesTests(ClickHouseServer server, HuntedLog hunted)
    : HuntingTests, IClassFixture<ClickHouseServer>, IClassFixture<HuntedLog>
{
    [Fact]
    public async Task Hunt_OnBothEngines_GivesTheSameBytes()
    {
        await using var remote = await RemoteStoreAsync("hunted", batches: 2);
        Assert.Contains("relay_7", hunted.Findings, StringComparison.Ordinal);
        Assert.Equal(hunted.Findings, await HuntAsync(remote));
    }

    [Fact]
    public async Task Hunt_AfterManyUpdatesAndAPrune_GivesTheSameBytes()
    {
        await using var remote = await RemoteStoreAsync("grown", batches: 0);
        foreach (var part in Log.Interactions.Chunk(Log.Interactions.Count / 18))
        {
            await AppendAsync(remote, part);
            await RollUpAsync(remote);
        }

        Assert.True((await RollUpAsync(remote)).Base > 1);
        Assert.Equal(hunted.Findings, await HuntAsync(remote));
        var day = new DateOnly(2026, 3, 5);
        await remote.PruneAsync(day, Cancellation);
        await using var embedded = await StoreOfAsync(Log);
        await embedded.PruneAsync(day, Cancellation);
        Assert.Equal(await HuntAsync(embedded), await HuntAsync(remote));
    }

    [Fact]
    public async Task Replay_OnBothEngines_GivesTheSameBytes()
    {
        await using var embedded = await StoreOfAsync(Log);
        await using var remote = await RemoteStoreAsync("replayed");
        var expected = await ReplayAsync(embedded);
        Assert.NotNull(Assert.Single(expected.Campaigns).AlertedAt);
        Assert.Equal(await TextAsync(expected), await TextAsync(await ReplayAsync(remote)));
        Assert.Equal(hunted.Findings, await HuntAsync(remote));
    }

    [Fact]
    public async Task Pictures_OnBothEngines_AreTheSame()
    {
        await using var embedded = await StoreOfAsync(Log);
        await using var remote = await RemoteStoreAsync("painted");
        var (left, right) = (await PaintAsync(embedded), await PaintAsync(remote));
        Assert.Equal(left.Background, right.Background);
        var (one, other) = (Assert.Single(left.Pictures), Assert.Single(right.Pictures));
        Assert.Equal(one.Members, other.Members);
        Assert.Equal(one.Values, other.Values);
        Assert.Equal(one.Edges, other.Edges);
        Assert.Equal(one.Days, other.Days);
    }

    private static Task<HuntResult> PaintAsync(InteractionStore store) =>
        new Hunt(store, new() { Pictures = true }).RunAsync(null, Cancellation);

    private static Task<Findings> ReplayAsync(InteractionStore store) =>
        new Replay(store, new() { Every = TimeSpan.FromDays(2.5) }).RunAsync(null, Cancellation);

    private async Task<InteractionStore> RemoteStoreAsync(string database, int batches = 1)
    {
        var store = await InteractionStore.OpenAsync(server.Database(database), null, Cancellation);
        await store.ImportRegistrationsAsync(Log.Registrations.ToAsyncEnumerable(), Cancellation);
        if (batches > 0)
        {
            await AppendAsync(store, Log.Interactions, batches);
        }

        return store;
    }
}
