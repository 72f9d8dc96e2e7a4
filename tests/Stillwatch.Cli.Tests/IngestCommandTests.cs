using System.Globalization;

namespace Stillwatch.Cli.Tests;

public sealed class IngestCommandTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("stillwatch-cli-").FullName;

    private string Store => Path.Combine(_directory, "store");

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task Ingest_OfFilesAndStandardInput_StoresEachInteractionOnceAndSaysSo()
    {
        var log = WriteLog("log.jsonl", 0, 40);
        var (status, output, errors) = await CommandLineRun.FinishShellAsync(
            $"head -n 10 {log} | gzip | $stillwatch ingest {log} - --store {Store}");
        Assert.Equal((0, "50 interactions read from 2 files: 40 stored, 10 known before; 0 records rejected.\n"), (status, output));
        Assert.Contains("reading logs", errors, StringComparison.Ordinal);
        var info = await CommandLineRun.FinishAsync("store", "info", "--store", Store);
        Assert.Equal(0, info.Status);
        Assert.Matches("interactions +40 of 4 accounts, in 1 batches", info.Output);
        Assert.Matches("time +2025-03-02 00:00:00Z to 2025-03-03 15:00:00Z, 2 days", info.Output);
        Assert.Matches("keeps +system=sketch,messages=sketch,tools=sketch,response=sketch", info.Output);
    }

    [Fact]
    public async Task Ingest_WithBadRecords_NamesThemAndReadsTheOthers()
    {
        var log = WriteLog("log.jsonl", 0, 5);
        await File.AppendAllTextAsync(log, "{ broken\n", TestContext.Current.CancellationToken);
        var (status, output, errors) = await CommandLineRun.FinishAsync("ingest", log, "--store", Store);
        Assert.Equal(0, status);
        Assert.Contains("5 stored, 0 known before; 1 records rejected.", output, StringComparison.Ordinal);
        Assert.Contains($"warning: {log}:6: not valid JSON", errors, StringComparison.Ordinal);
        var strict = await CommandLineRun.FinishAsync("ingest", log, "--store", Path.Combine(_directory, "strict"), "--strict");
        Assert.Equal((2, ""), (strict.Status, strict.Output));
        Assert.Contains($"{log}:6: not valid JSON", strict.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ingest_WithAnAccountsFile_ReadsTheRegistrations()
    {
        var log = WriteLog("log.jsonl", 0, 5);
        var accounts = Path.Combine(_directory, "accounts.jsonl");
        await File.WriteAllTextAsync(
            accounts,
            """
            {"account":"acct_1","created":"2025-01-01T00:00:00Z","payment":"p1"}
            {"account":"acct_2"}
            {"account":"acct_1","payment":"p2"}

            """,
            TestContext.Current.CancellationToken);
        var (status, output, _) = await CommandLineRun.FinishAsync("ingest", log, "--accounts", accounts, "--store", Store);
        Assert.Equal(0, status);
        Assert.EndsWith("3 registrations of accounts read.\n", output, StringComparison.Ordinal);
        Assert.Matches("registrations +2\n", (await CommandLineRun.FinishAsync("store", "info", "--store", Store)).Output);
    }

    [Fact]
    public async Task Prune_BeforeADay_DropsItsDays()
    {
        await CommandLineRun.FinishAsync("ingest", WriteLog("log.jsonl", 0, 40), "--store", Store);
        var (status, output, _) = await CommandLineRun.FinishAsync("store", "prune", "--before", "2025-03-03", "--store", Store);
        Assert.Equal((0, "24 interactions of 1 days before 2025-03-03 dropped.\n"), (status, output));
    }

    [Theory]
    [InlineData("no such file", "ingest", "missing.jsonl")]
    [InlineData("'yesterday'", "store", "prune", "--before", "yesterday")]
    [InlineData("--keep", "ingest", "{log}", "--keep", "everything")]
    [InlineData("--columns", "ingest", "{log}", "--columns", "a=b")]
    [InlineData("--block-rows is 0", "ingest", "{log}", "--block-rows", "0")]
    [InlineData("MaxLineBytes is 1", "ingest", "{log}", "--max-line", "1")]
    [InlineData("'xml'", "ingest", "{log}", "--input-format", "xml")]
    [InlineData("stillwatch store prune --help", "store", "prune")]
    public async Task Arguments_ThatCannotBeUsed_GiveOneSentenceAndStatus2(string sentence, params string[] arguments)
    {
        var log = WriteLog("log.jsonl", 0, 1);
        string[] line = [.. arguments.Select(part => part.Replace("{log}", log, StringComparison.Ordinal))];
        var (status, output, errors) = await CommandLineRun.FinishAsync(line);
        Assert.Equal((2, ""), (status, output));
        Assert.Contains(sentence, errors, StringComparison.Ordinal);
    }

    private string WriteLog(string name, int first, int count)
    {
        var path = Path.Combine(_directory, name);
        File.WriteAllLines(path, Enumerable.Range(first, count).Select(Line));
        return path;
    }

    private static string Line(int index)
    {
        var time = new DateTimeOffset(2025, 3, 2, 0, 0, 0, TimeSpan.Zero).AddHours(index);
        var stamp = time.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        return $$"""{"time":"{{stamp}}","id":"r{{index}}","account":"acct_{{index % 4}}","model":"m"}""";
    }
}
