using Stillwatch.Interactions;
using Stillwatch.Store;
using Stillwatch.Store.Engine;

namespace Stillwatch.IntegrationTests.Store;

public sealed class SchemaTests : StoreTests
{
    [Fact]
    public async Task Open_OfAStoreThatANewerProgramWrote_IsRefused()
    {
        var directory = NewDirectory();
        await (await InteractionStore.OpenAsync(directory, null, Cancellation)).DisposeAsync();
        await ExecuteAsync(directory, Sql.Of("INSERT INTO schema_versions (version) SELECT toUInt32(99)"));
        var refusal = await Assert.ThrowsAsync<StoreUnavailableException>(() => InteractionStore.OpenAsync(directory, null, Cancellation));
        Assert.Contains("schema version 99, which a newer Stillwatch wrote", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("TRUNCATE TABLE schema_versions")]
    [InlineData("TRUNCATE TABLE schema_versions; DROP TABLE labels; DROP TABLE settings")]
    [InlineData("DROP TABLE commits; TRUNCATE TABLE schema_versions; INSERT INTO schema_versions (version) SELECT toUInt32(1)")]
    public async Task Open_OfAStoreWhoseMigrationWasCutShort_CompletesIt(string cut)
    {
        var directory = NewDirectory();
        var log = SampleLog.Lines(300);
        await using (var store = await InteractionStore.OpenAsync(directory, null, Cancellation))
        {
            await store.IngestAsync([SampleLog.File(log.Take(100))], null, null, Cancellation);
        }

        foreach (var statement in cut.Split("; "))
        {
            await ExecuteAsync(directory, Statement(statement));
        }

        await using var completed = await InteractionStore.OpenAsync(directory, null, Cancellation);
        var summary = await completed.IngestAsync([SampleLog.File(log)], null, null, Cancellation);
        Assert.Equal((200, 100), (summary.Stored, summary.Duplicates));
        Assert.Equal(summary.LastBatch, await completed.CommittedBatchAsync(Cancellation));
        Assert.Equal(2u, completed.SchemaVersion);
    }

    [Fact]
    public async Task Open_WithAnotherContentPolicyThanTheStoreHas_IsRefused()
    {
        var directory = NewDirectory();
        Assert.True(ContentPolicy.TryParse("messages=full,response=none", out var full, out _));
        await using (var store = await InteractionStore.OpenAsync(directory, new() { Content = full }, Cancellation))
        {
            Assert.Equal(full, store.Content);
        }

        await using (var again = await InteractionStore.OpenAsync(directory, null, Cancellation))
        {
            Assert.Equal(full, again.Content);
        }

        var other = new StoreOptions { Content = ContentPolicy.Default };
        var refusal = await Assert.ThrowsAsync<StoreUnavailableException>(() => InteractionStore.OpenAsync(directory, other, Cancellation));
        Assert.Contains($"was made to keep {full}, not {ContentPolicy.Default}", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Content_UnderFull_IsThereToRead()
    {
        await using var store = await InteractionStore.OpenAsync(
            NewDirectory(), new() { Content = ContentPolicy.All(ContentTreatment.Full) }, Cancellation);
        await store.IngestAsync([SampleLog.File(SampleLog.Lines(20))], null, null, Cancellation);
        var query = Sql.Of("SELECT system_text, messages_text, response_text FROM interactions ORDER BY time LIMIT 1");
        await using var rows = await store.Engine.QueryAsync(query, null, Cancellation);
        Assert.True(rows.Read());
        Assert.StartsWith("You are assistant", rows.Text(), StringComparison.Ordinal);
        Assert.Matches("""^\[\{"role":"user","content":"Please explain .* to me,\\n step by step\. Then rate it\."\}\]$""", rows.Text());
        Assert.StartsWith("Well, ", rows.Text(), StringComparison.Ordinal);
    }

    private static Sql Statement(string text) => text switch
    {
        "TRUNCATE TABLE schema_versions" => Sql.Of("TRUNCATE TABLE schema_versions"),
        "DROP TABLE commits" => Sql.Of("DROP TABLE commits"),
        "INSERT INTO schema_versions (version) SELECT toUInt32(1)" => Sql.Of("INSERT INTO schema_versions (version) SELECT toUInt32(1)"),
        "DROP TABLE labels" => Sql.Of("DROP TABLE labels"),
        "DROP TABLE settings" => Sql.Of("DROP TABLE settings"),
        _ => throw new ArgumentOutOfRangeException(nameof(text), text, null),
    };

    private static async Task ExecuteAsync(string directory, Sql statement)
    {
        await using var engine = await ClickHouse.OpenAsync(directory, null, Cancellation);
        await engine.ExecuteAsync(statement, null, Cancellation);
    }
}
