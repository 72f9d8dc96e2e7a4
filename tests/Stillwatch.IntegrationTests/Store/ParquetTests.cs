using Stillwatch.IntegrationTests.Store.Engine;
using Stillwatch.Interactions.Reading;
using Stillwatch.Store;
using Stillwatch.Store.Engine;

namespace Stillwatch.IntegrationTests.Store;

public sealed class ParquetTests(ClickHouseServer server) : StoreTests, IClassFixture<ClickHouseServer>
{
    private const int Rows = 5000;

    [Fact]
    public async Task Ingest_OfParquet_StoresWhatTheSameTableAsCsvGives()
    {
        var directory = NewDirectory();
        await WriteTablesAsync(directory);
        var csv = await ContentOfAsync([InputFile.FromPath(0, Path.Combine(directory, "log.csv"))], SmallBlocks);
        Assert.Equal((ulong)Rows, csv.Interactions);
        Assert.Equal(csv, await ContentOfAsync([InputFile.FromPath(0, Path.Combine(directory, "log.parquet"))], SmallBlocks));
    }

    [Fact]
    public async Task Ingest_OfParquetIntoAServer_ReadsItWithAnEngineOfItsOwn()
    {
        var directory = NewDirectory();
        await WriteTablesAsync(directory);
        await using var store = await InteractionStore.OpenAsync(server.Database("parquet"), null, Cancellation);
        var summary = await store.IngestAsync([InputFile.FromPath(0, Path.Combine(directory, "log.parquet"))], null, null, Cancellation);
        Assert.Equal((Rows, 0), (summary.Stored, summary.Faults.Rejected.Total));
    }

    [Fact]
    public async Task Ingest_OfParquetThatIsCut_IsAFaultAndTheOtherFilesAreRead()
    {
        var directory = NewDirectory();
        await WriteTablesAsync(directory);
        var path = Path.Combine(directory, "log.parquet");
        await File.WriteAllBytesAsync(path, (await File.ReadAllBytesAsync(path, Cancellation))[..20_000], Cancellation);
        await using var store = await InteractionStore.OpenAsync(NewDirectory(), null, Cancellation);
        InputFile[] files = [InputFile.FromPath(0, path), SampleLog.File(SampleLog.Lines(10), 1)];
        var summary = await store.IngestAsync(files, null, null, Cancellation);
        Assert.Equal(10, summary.Stored);
        Assert.StartsWith(path, Assert.Single(summary.Faults.Rejected.First).ToString(), StringComparison.Ordinal);
    }

    /// <summary>One table in both forms; the times are a timestamp in Parquet and text in CSV.</summary>
    private static async Task WriteTablesAsync(string directory)
    {
        await using var engine = await ClickHouse.OpenAsync(Path.Combine(directory, "writer"), null, Cancellation);
        await engine.ExecuteAsync(
            Sql.Format(
                $"""
                INSERT INTO FUNCTION file({Path.Combine(directory, "log.parquet")}, 'Parquet')
                SELECT toDateTime64('2025-03-02 00:00:00', 3, 'UTC') + number * 61 AS time, * FROM ({Table})
                """),
            null,
            Cancellation);
        await engine.ExecuteAsync(
            Sql.Format(
                $"""
                INSERT INTO FUNCTION file({Path.Combine(directory, "log.csv")}, 'CSVWithNames')
                SELECT concat(formatDateTime(toDateTime('2025-03-02 00:00:00', 'UTC') + number * 61, '%Y-%m-%dT%H:%i:%S'), 'Z') AS time, *
                FROM ({Table})
                """),
            null,
            Cancellation);
    }

    private static Sql Table { get; } = Sql.Format(
        $"""
        SELECT number, concat('r', toString(number)) AS request_id, concat('acct_', toString(number % 50)) AS account_id,
            'aurora-2' AS model, concat('198.51.100.', toString(number % 250)) AS ip,
            'What of "this", and that?\nNumber ' || toString(intHash32(number)) AS prompt,
            number % 900 AS prompt_tokens, 200 AS http_status, 0.5 AS temperature
        FROM numbers({Rows})
        """);
}
