using Stillwatch.Interactions;
using Stillwatch.Interactions.Reading;
using Stillwatch.Store;
using Stillwatch.Store.Engine;

namespace Stillwatch.IntegrationTests.Store;

public sealed class InteractionStoreTests : StoreTests
{
    [Fact]
    public async Task Ingest_OnAnyNumberOfThreads_WritesTheSameBatches()
    {
        var one = await BatchesOfAsync(workers: 1);
        Assert.Equal([700, 700, 700, 700, 200], one.Split(' ').Select(static batch => int.Parse(batch.Split(':')[1], null)));
        Assert.Equal(one, await BatchesOfAsync(workers: 2));
        Assert.Equal(one, await BatchesOfAsync(workers: 5));
    }

    [Fact]
    public async Task Ingest_WithRejectedRecords_StoresTheOthersAndTells()
    {
        await using var store = await InteractionStore.OpenAsync(NewDirectory(), null, Cancellation);
        var log = SampleLog.Lines(50);
        log.Insert(20, "{ this is no JSON");
        log.Insert(30, """{"time":"2025-03-02T00:00:00Z","account":"a"}""");
        var summary = await store.IngestAsync([SampleLog.File(log)], null, null, Cancellation);
        Assert.Equal((50, 50, 0), (summary.Interactions, summary.Stored, summary.Duplicates));
        Assert.Equal([21, 31], summary.Faults.Rejected.First.Select(static fault => fault.Position.Line));
    }

    [Fact]
    public async Task Ingest_Strictly_EndsAtTheFirstFaultAndLeavesAStoreThatCanGoOn()
    {
        await using var store = await InteractionStore.OpenAsync(NewDirectory(), null, Cancellation);
        var log = SampleLog.Lines(2000);
        var faulty = log.ToList();
        faulty.Insert(1500, "nonsense");
        var strict = new IngestOptions { Strict = true, BlockRows = 300, Reader = new() { ChunkBytes = 8 << 10 } };
        var fault = await Assert.ThrowsAsync<InputFaultException>(
            () => store.IngestAsync([SampleLog.File(faulty)], strict, null, Cancellation));
        Assert.Contains("log-0:1501", fault.Message, StringComparison.Ordinal);
        var summary = await store.IngestAsync([SampleLog.File(log)], SmallBlocks, null, Cancellation);
        Assert.InRange(summary.Duplicates, 300, 1500);
        Assert.Equal(await StoreContent.ReadAsync(store), await CloseAndReadAsync(store, log));
    }

    [Fact]
    public async Task Ingest_Cancelled_LeavesAStoreThatCanGoOn()
    {
        await using var store = await InteractionStore.OpenAsync(NewDirectory(), null, Cancellation);
        var log = SampleLog.Lines(4000);
        using var cancellation = new CancellationTokenSource();
        var progress = new Progress(snapshot =>
        {
            if (snapshot.Stored > 0)
            {
                cancellation.Cancel();
            }
        });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => store.IngestAsync([SampleLog.File(log)], SmallBlocks, progress, cancellation.Token));
        var summary = await store.IngestAsync([SampleLog.File(log)], SmallBlocks, null, Cancellation);
        Assert.Equal(4000, summary.Duplicates + summary.Stored);
        Assert.NotEqual(0, summary.Duplicates);
        Assert.Equal(await StoreContent.ReadAsync(store), await CloseAndReadAsync(store, log));
    }

    [Fact]
    public async Task Ingest_WithProgress_TellsOfFilesBytesAndRows()
    {
        await using var store = await InteractionStore.OpenAsync(NewDirectory(), null, Cancellation);
        var snapshots = new List<IngestSnapshot>();
        var files = new[] { SampleLog.File(SampleLog.Lines(500)), SampleLog.File([.. SampleLog.Lines(500, seed: 2), "x"], 1) };
        await store.IngestAsync(files, SmallBlocks, new Progress(snapshots.Add), Cancellation);
        Assert.Equal(files.Sum(static file => file.Length), snapshots[^1].Bytes);
        var total = files.Sum(static file => file.Length);
        Assert.All(snapshots, snapshot => Assert.Equal((2, total), (snapshot.TotalFiles, snapshot.TotalBytes)));
        Assert.Equal((2, 1000, 1), (snapshots[^1].Files, snapshots[^1].Interactions, snapshots[^1].Rejected));
        Assert.Equal(snapshots.OrderBy(static snapshot => snapshot.Bytes), snapshots);
    }

    [Fact]
    public async Task Append_OfWhatALogHolds_StoresTheSame()
    {
        var log = SampleLog.Lines(1200);
        var reader = new InteractionReader(new(), new(), TimeProvider.System);
        var interactions = await reader.ReadAsync([SampleLog.File(log)], Cancellation).ToListAsync(Cancellation);
        await using var store = await InteractionStore.OpenAsync(NewDirectory(), null, Cancellation);
        var lists = interactions.Chunk(100).Cast<IReadOnlyList<Interaction>>().ToAsyncEnumerable();
        var summary = await store.AppendAsync(lists, SmallBlocks, null, Cancellation);
        Assert.Equal((1200, 1200), (summary.Interactions, summary.Stored));
        Assert.Equal(await StoreContent.ReadAsync(store), await CloseAndReadAsync(store, log));
    }

    [Fact]
    public async Task Labels_OfHashes_AreTheTexts()
    {
        await using var store = await InteractionStore.OpenAsync(NewDirectory(), null, Cancellation);
        await store.IngestAsync([SampleLog.File(SampleLog.Lines(500))], null, null, Cancellation);
        string[] accounts = ["acct_3", "acct_17", "nobody"];
        var texts = await store.LabelsAsync(LabelKind.Account, accounts.Select(static name => StoreKeys.Account(new(name))), Cancellation);
        Assert.Equal(["acct_17", "acct_3"], texts.Values.Order(StringComparer.Ordinal));
        Assert.Equal("acct_3", texts[StoreKeys.Account(new("acct_3"))]);
        Assert.Empty(await store.LabelsAsync(LabelKind.Model, [StoreKeys.Account(new("acct_3"))], Cancellation));
    }

    [Fact]
    public async Task Registrations_ReadAgain_CountByTheLast()
    {
        await using var store = await InteractionStore.OpenAsync(NewDirectory(), null, Cancellation);
        var first = Enumerable.Range(0, 300).Select(static i => Registered($"acct_{i}", "before", 1000));
        Assert.Equal(300, await store.ImportRegistrationsAsync(first.ToAsyncEnumerable(), Cancellation));
        AccountRegistration[] second = [Registered("acct_7", "between", 2000), Registered("acct_7", "after", 3000)];
        Assert.Equal(2, await store.ImportRegistrationsAsync(second.ToAsyncEnumerable(), Cancellation));
        Assert.Equal(300, (await store.DescribeAsync(Cancellation)).Registrations);
        var query = Sql.Format(
            $"""
            SELECT argMax(payment, version), argMax(created, version) FROM registrations
            WHERE account = {StoreKeys.Account(new("acct_7"))}
            """);
        await using var rows = await store.Engine.QueryAsync(query, null, Cancellation);
        Assert.True(rows.Read());
        Assert.Equal((StoreKeys.Text(LabelKind.Payment, "after"), 3000), (rows.UInt64(), rows.Int64()));
    }

    [Fact]
    public async Task Prune_BeforeADay_DropsTheDaysBeforeItAndGivesNoBatchTwice()
    {
        var directory = NewDirectory();
        var log = SampleLog.Lines(3000, stepMs: 120_000);
        await using (var store = await InteractionStore.OpenAsync(directory, null, Cancellation))
        {
            await store.IngestAsync([SampleLog.File(log)], SmallBlocks, null, Cancellation);
            var pruned = await store.PruneAsync(new(2025, 3, 4), Cancellation);
            Assert.Equal((2, 1260L), (pruned.Days, pruned.Interactions));
            var overview = await store.DescribeAsync(Cancellation);
            var midnight = new DateTimeOffset(2025, 3, 4, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();
            Assert.Equal((1740, 3, midnight), (overview.Interactions, overview.Days, overview.FirstMs));
            var all = await store.PruneAsync(new(2026, 1, 1), Cancellation);
            Assert.Equal(1740, all.Interactions);
        }

        await using var reopened = await InteractionStore.OpenAsync(directory, null, Cancellation);
        Assert.Equal(0, (await reopened.PruneAsync(new(2026, 1, 1), Cancellation)).Days);
        var again = await reopened.IngestAsync([SampleLog.File(log)], null, null, Cancellation);
        Assert.Equal(3000, again.Stored);
        Assert.True(again.LastBatch > 10, $"Batch {again.LastBatch} was given out before.");
    }

    [Fact]
    public async Task Overview_OfAStore_CountsWhatItHolds()
    {
        await using var store = await InteractionStore.OpenAsync(NewDirectory(), null, Cancellation);
        var empty = await store.DescribeAsync(Cancellation);
        Assert.Equal((0, 0, null, null), (empty.Interactions, empty.Accounts, empty.FirstMs, empty.LastMs));
        await store.IngestAsync([SampleLog.File(SampleLog.Lines(1000))], SmallBlocks, null, Cancellation);
        var full = await store.DescribeAsync(Cancellation);
        Assert.Equal((1000, 40, 1, 4), (full.Interactions, full.Accounts, full.Days, full.Batches));
        Assert.Equal(59_940_000, full.LastMs - full.FirstMs);
        Assert.InRange(full.InteractionBytes, 20_000, full.Bytes);
    }

    /// <summary>What a new store holds once the lines were read at a go; the present one is closed first, as a process has one.</summary>
    private async Task<StoreContent> CloseAndReadAsync(InteractionStore store, List<string> log)
    {
        await store.DisposeAsync();
        return await ContentOfAsync(log);
    }

    private async Task<string> BatchesOfAsync(int workers)
    {
        await using var store = await InteractionStore.OpenAsync(NewDirectory(), null, Cancellation);
        var options = new IngestOptions { Workers = workers, BlockRows = 700, Reader = new() { ChunkBytes = 8 << 10 } };
        var summary = await store.IngestAsync([SampleLog.File(SampleLog.Lines(3000))], options, null, Cancellation);
        Assert.Equal(5u, summary.LastBatch);
        return await BatchesAsync(store);
    }

    private static AccountRegistration Registered(string account, string payment, long created) =>
        new() { Account = new(account), Payment = payment, CreatedMs = created };

    private static async Task<string> BatchesAsync(InteractionStore store)
    {
        var batches = new List<string>();
        var query = Sql.Of("SELECT batch, count(), sum(cityHash64(key)) FROM interactions GROUP BY batch ORDER BY batch");
        await using var rows = await store.Engine.QueryAsync(query, null, Cancellation);
        while (rows.Read())
        {
            batches.Add($"{rows.UInt32()}:{rows.UInt64()}:{rows.UInt64()}");
        }

        return string.Join(' ', batches);
    }

    private sealed class Progress(Action<IngestSnapshot> report) : IProgress<IngestSnapshot>
    {
        public void Report(IngestSnapshot value) => report(value);
    }
}
