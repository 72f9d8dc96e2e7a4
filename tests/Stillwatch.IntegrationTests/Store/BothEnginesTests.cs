using Stillwatch.IntegrationTests.Store.Engine;
using Stillwatch.Store;

namespace Stillwatch.IntegrationTests.Store;

/// <summary>The same log in the embedded engine and in a server of 18.16 is the same store.</summary>
public sealed class BothEnginesTests(ClickHouseServer server) : StoreTests, IClassFixture<ClickHouseServer>
{
    [Fact]
    public async Task Ingest_IntoAServer_StoresWhatTheEmbeddedEngineStores()
    {
        var log = SampleLog.Lines(2500);
        var address = server.Database("ingest");
        var embedded = await ContentOfAsync(log);
        Assert.Equal(2500ul, embedded.Interactions);
        await using (var store = await InteractionStore.OpenAsync(address, null, Cancellation))
        {
            var summary = await store.IngestAsync([SampleLog.File(log.Take(1700))], SmallBlocks, null, Cancellation);
            Assert.Equal(1700, summary.Stored);
        }

        await using var reopened = await InteractionStore.OpenAsync(address, null, Cancellation);
        var rest = await reopened.IngestAsync([SampleLog.GzipFile(log.Skip(1000))], SmallBlocks, null, Cancellation);
        Assert.Equal((800, 700), (rest.Stored, rest.Duplicates));
        Assert.Equal(embedded, await StoreContent.ReadAsync(reopened));
    }

    [Fact]
    public async Task Prune_OnAServer_DropsDays()
    {
        await using var store = await InteractionStore.OpenAsync(server.Database("prune"), null, Cancellation);
        await store.IngestAsync([SampleLog.File(SampleLog.Lines(3000, stepMs: 120_000))], null, null, Cancellation);
        var pruned = await store.PruneAsync(new(2025, 3, 4), Cancellation);
        Assert.Equal((2, 1260L), (pruned.Days, pruned.Interactions));
        var overview = await store.DescribeAsync(Cancellation);
        Assert.Equal((1740, 3, false), (overview.Interactions, overview.Days, overview.IsEmbedded));
    }
}
