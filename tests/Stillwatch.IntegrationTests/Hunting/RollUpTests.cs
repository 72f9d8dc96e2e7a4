using Stillwatch.Hunting;
using Stillwatch.Interactions;
using Stillwatch.Store;
using Stillwatch.Store.Engine;

namespace Stillwatch.IntegrationTests.Hunting;

/// <summary>Roll-ups that grew in steps, were cut short or lost their interactions give what new ones give.</summary>
public sealed class RollUpTests(HuntedLog hunted) : HuntingTests, IClassFixture<HuntedLog>
{
    [Fact]
    public async Task Update_AfterEachOfSevenBatches_GivesTheSameFindings()
    {
        await using var store = await InteractionStore.OpenAsync(NewDirectory(), null, Cancellation);
        await store.ImportRegistrationsAsync(Log.Registrations.ToAsyncEnumerable(), Cancellation);
        foreach (var part in Parts(7))
        {
            await AppendAsync(store, part);
            await HuntAsync(store);
        }

        Assert.Equal(7ul, await NumberAsync(store, Sql.Of("SELECT count() FROM rollups")));
        Assert.Equal(hunted.Findings, await HuntAsync(store));
    }

    [Fact]
    public async Task Update_ManyTimes_FoldsEpochsAndGivesTheSameFindings()
    {
        await using var store = await InteractionStore.OpenAsync(NewDirectory(), null, Cancellation);
        await store.ImportRegistrationsAsync(Log.Registrations.ToAsyncEnumerable(), Cancellation);
        var folds = 0;
        foreach (var part in Parts(20))
        {
            await AppendAsync(store, part);
            folds += (await RollUpAsync(store)).Base > 1 ? 1 : 0;
        }

        var state = await RollUpAsync(store);
        Assert.True(folds > 0 && state.Base > 17 && state.Epoch > 20, $"{state} {folds} times folded");
        Assert.True(await NumberAsync(store, Sql.Of("SELECT uniqExact(epoch) FROM account_clients")) <= 8);
        Assert.Equal(hunted.Findings, await HuntAsync(store));
    }

    [Fact]
    public async Task Update_NothingNew_ChangesNothing()
    {
        await using var store = await StoreOfAsync(Log);
        var state = await RollUpAsync(store);
        Assert.Equal(state, await RollUpAsync(store));
        Assert.Equal(1u, state.Epoch);
    }

    [Fact]
    public async Task Update_AfterOneThatWasKilled_DropsWhatItLeft()
    {
        await using var store = await InteractionStore.OpenAsync(NewDirectory(), null, Cancellation);
        await store.ImportRegistrationsAsync(Log.Registrations.ToAsyncEnumerable(), Cancellation);
        var parts = Parts(2);
        await AppendAsync(store, parts[0]);
        await RollUpAsync(store);
        await LeaveRowsOfEpochAsync(store, 2);
        await LeaveRowsOfEpochAsync(store, 3);
        await AppendAsync(store, parts[1]);
        Assert.Equal(hunted.Findings, await HuntAsync(store));
    }

    [Fact]
    public async Task Update_AfterAResetThatWasKilled_StartsAfresh()
    {
        await using var store = await StoreOfAsync(Log);
        await RollUpAsync(store);
        await ExecuteAsync(store, Sql.Of("TRUNCATE TABLE rollups"));
        Assert.Equal(hunted.Findings, await HuntAsync(store));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Update_CancelledAfterSomeStatements_IsRepairedByTheNext(int seed)
    {
        var random = new Random(seed);
        await using var store = await InteractionStore.OpenAsync(NewDirectory(), null, Cancellation);
        await store.ImportRegistrationsAsync(Log.Registrations.ToAsyncEnumerable(), Cancellation);
        foreach (var part in Parts(4))
        {
            await AppendAsync(store, part);
            using var cut = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
            cut.CancelAfter(random.Next(1, 400));
            try
            {
                await new Hunt(store, new()).RunAsync(null, cut.Token);
            }
            catch (OperationCanceledException)
            {
                TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}: cut");
            }
        }

        Assert.Equal(hunted.Findings, await HuntAsync(store));
    }

    [Fact]
    public async Task Update_AfterPrune_GivesWhatAStoreGivesThatNeverHadTheDays()
    {
        var fromMs = SyntheticLog.StartMs + (3 * SyntheticLog.DayMs);
        var kept = Log.Interactions.Where(interaction => interaction.ObservedAtMs >= fromMs).ToList();
        var expected = await HuntAsync(Log, kept);
        await using var store = await StoreOfAsync(Log, batches: 3);
        Assert.Equal(hunted.Findings, await HuntAsync(store));
        await store.PruneAsync(new DateOnly(2026, 3, 5), Cancellation);
        Assert.Equal(expected, await HuntAsync(store));
        Assert.NotEqual(hunted.Findings, expected);
        Assert.Contains("relay_7", expected, StringComparison.Ordinal);
    }

    /// <summary>Rows as an update leaves them that is killed before it enters itself into the ledger.</summary>
    private static async Task LeaveRowsOfEpochAsync(InteractionStore store, int epoch)
    {
        await ExecuteAsync(store, Sql.Format(
            $"""
            INSERT INTO account_clients (epoch, account, organization, model, address, network, client, interactions, first, last)
            SELECT {epoch}, account, organization, model, address, network, client, interactions + 5, first, last
            FROM account_clients WHERE epoch = 1
            """));
        await ExecuteAsync(store, Sql.Format(
            $"""
            INSERT INTO account_phrases (epoch, account, kind, value, interactions)
            SELECT {epoch}, account, kind, value + 1, interactions FROM account_phrases WHERE epoch = 1
            """));
    }

    private static List<Interaction[]> Parts(int count) => [.. Log.Interactions.Chunk((Log.Interactions.Count + count - 1) / count)];
}
