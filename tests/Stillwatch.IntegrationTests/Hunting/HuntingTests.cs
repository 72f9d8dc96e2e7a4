using System.Text;
using Stillwatch.Campaigns;
using Stillwatch.Hunting;
using Stillwatch.IntegrationTests.Store;
using Stillwatch.Interactions;
using Stillwatch.Store;
using Stillwatch.Store.Engine;
using Stillwatch.Store.RollUps;

namespace Stillwatch.IntegrationTests.Hunting;

/// <summary>What tests of hunts in real stores share.</summary>
public abstract class HuntingTests : StoreTests
{
    private protected static readonly SyntheticLog Log = SyntheticLogBuilder.WithCampaign(seed: 11);

    /// <summary>A new store with the log in it, written in so many batches.</summary>
    private protected Task<InteractionStore> StoreOfAsync(SyntheticLog log, int batches = 1) =>
        StoreOfAsync(log, log.Interactions, batches);

    /// <summary>A new store with interactions and all registrations of a log in it.</summary>
    private protected async Task<InteractionStore> StoreOfAsync(
        SyntheticLog log, IReadOnlyList<Interaction> interactions, int batches = 1, ContentPolicy? content = null)
    {
        var store = await InteractionStore.OpenAsync(NewDirectory(), new() { Content = content }, Cancellation);
        await AppendAsync(store, interactions, batches);
        await store.ImportRegistrationsAsync(log.Registrations.ToAsyncEnumerable(), Cancellation);
        return store;
    }

    /// <summary>Adds interactions in so many batches.</summary>
    private protected static async Task AppendAsync(InteractionStore store, IReadOnlyList<Interaction> interactions, int batches = 1)
    {
        foreach (var part in interactions.Chunk((interactions.Count + batches - 1) / batches))
        {
            await store.AppendAsync(Lists(part), null, null, Cancellation);
        }
    }

    /// <summary>The findings of a hunt, byte for byte as they are written.</summary>
    private protected static async Task<string> HuntAsync(InteractionStore store, HuntOptions? options = null) =>
        await TextAsync((await new Hunt(store, options ?? new()).RunAsync(null, Cancellation)).Findings);

    /// <summary>The findings of a new store with the log in it, or some of it.</summary>
    private protected async Task<string> HuntAsync(SyntheticLog log, IReadOnlyList<Interaction>? interactions = null)
    {
        await using var store = await StoreOfAsync(log, interactions ?? log.Interactions);
        return await HuntAsync(store);
    }

    private protected static async Task<string> TextAsync(Findings findings)
    {
        using var text = new MemoryStream();
        await FindingsJson.WriteAsync(text, findings, Cancellation);
        return Encoding.UTF8.GetString(text.ToArray());
    }

    /// <summary>Brings the roll-ups up to date without a hunt.</summary>
    private protected static Task<RollUpState> RollUpAsync(InteractionStore store) => new RollUp(store.Engine).UpdateAsync(Cancellation);

    private protected static async Task<ulong> NumberAsync(InteractionStore store, Sql query)
    {
        await using var rows = await store.Engine.QueryAsync(query, null, Cancellation);
        return rows.Read() ? rows.UInt64() : 0;
    }

    private protected static Task ExecuteAsync(InteractionStore store, Sql statement) =>
        store.Engine.ExecuteAsync(statement, null, Cancellation);

    private static async IAsyncEnumerable<IReadOnlyList<Interaction>> Lists(IReadOnlyList<Interaction> interactions)
    {
        foreach (var list in interactions.Chunk(4096))
        {
            yield return list;
        }

        await Task.CompletedTask;
    }
}
