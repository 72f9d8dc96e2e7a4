using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Stillwatch.Simulation.Scenarios;

namespace Stillwatch.Simulation.Tests;

public sealed class SimulationWriterTests : IDisposable
{
    private static readonly string[] Files =
        [SimulationWriter.InteractionsFile, SimulationWriter.AccountsFile, SimulationWriter.TruthFile, SimulationWriter.SummaryFile];

    private readonly string _directory = Directory.CreateTempSubdirectory("stillwatch-simulation-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void Write_OnOneAndOnFourThreads_GivesTheSameBytes()
    {
        Write("one", threads: 1);
        Write("four", threads: 4);
        Assert.All(Files, file => Assert.Equal(Hash("one", file), Hash("four", file)));
    }

    [Fact]
    public void Write_WithAnotherSeed_GivesOtherBytes()
    {
        Write("first", threads: 2);
        Write("second", threads: 2, seed: 8);
        Assert.All(Files, file => Assert.NotEqual(Hash("first", file), Hash("second", file)));
    }

    [Theory]
    [InlineData(SimulationWriter.InteractionsFile, "interaction.schema.json")]
    [InlineData(SimulationWriter.AccountsFile, "account.schema.json")]
    [InlineData(SimulationWriter.TruthFile, "truth.schema.json")]
    public void Write_EveryLine_IsValidByTheContract(string file, string schema)
    {
        using var contract = JsonDocument.Parse(File.ReadAllText(Path.Combine(Shared(), "contracts", schema)));
        Write("valid", threads: 2);
        var lines = Lines("valid", file).ToArray();
        Assert.NotEmpty(lines);
        foreach (var line in lines)
        {
            using var document = JsonDocument.Parse(line);
            Assert.Null(ContractSchema.Violation(contract.RootElement, document.RootElement));
        }
    }

    [Fact]
    public void ContractSchema_OfABrokenLine_IsViolated()
    {
        using var contract = JsonDocument.Parse(File.ReadAllText(Path.Combine(Shared(), "contracts", "interaction.schema.json")));
        using var line = JsonDocument.Parse("""{"time":"2026-03-02 00:00","account":"a","model":"m"}""");
        Assert.Contains("$.time", ContractSchema.Violation(contract.RootElement, line.RootElement), StringComparison.Ordinal);
    }

    [Fact]
    public void Write_Progress_EndsAtTheTotal()
    {
        var reports = new List<SimulationProgress>();
        var traffic = SmallScenario.Simulate(Scenario());
        new SimulationWriter(traffic).Write(Path.Combine(_directory, "told"), new Recorder(reports), TestContext.Current.CancellationToken);
        Assert.Equal(traffic.InteractionCount, reports[^1].Interactions);
        Assert.All(reports.Zip(reports.Skip(1)), pair =>
        {
            Assert.True(pair.First.Interactions < pair.Second.Interactions);
            Assert.True(pair.First.Through <= pair.Second.Through);
        });
    }

    [Fact]
    public void Write_Cancelled_LeavesNoFile()
    {
        using var source = new CancellationTokenSource();
        var target = Path.Combine(_directory, "cancelled");
        var progress = new Canceller(source);
        Assert.ThrowsAny<OperationCanceledException>(() =>
            new SimulationWriter(SmallScenario.Simulate(Scenario())).Write(target, progress, source.Token));
        Assert.Empty(Directory.GetFiles(target));
    }

    [Fact]
    public void Write_Summary_CountsWhatTheFilesHold()
    {
        Write("counted", threads: 2);
        var summary = JsonNode.Parse(File.ReadAllText(Path.Combine(_directory, "counted", SimulationWriter.SummaryFile)))!;
        Assert.Equal(Lines("counted", SimulationWriter.InteractionsFile).LongCount(), summary["interactions"]!.GetValue<long>());
        Assert.Equal(Lines("counted", SimulationWriter.AccountsFile).Count(), summary["accounts"]!.GetValue<int>());
        Assert.Equal(1500, summary["campaign_interactions"]!.GetValue<long>());
    }

    private static Scenario Scenario() => SmallScenario.With(SmallScenario.Campaign(CampaignFamily.LowAndSlow));

    private void Write(string name, int threads, ulong seed = 7) =>
        new SimulationWriter(SmallScenario.Simulate(Scenario(), seed, threads))
            .Write(Path.Combine(_directory, name), null, TestContext.Current.CancellationToken);

    private string Hash(string name, string file) =>
        Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(Path.Combine(_directory, name, file))));

    private IEnumerable<string> Lines(string name, string file)
    {
        using var packed = File.OpenRead(Path.Combine(_directory, name, file));
        using var reader = new StreamReader(new GZipStream(packed, CompressionMode.Decompress));
        while (reader.ReadLine() is { } line)
        {
            yield return line;
        }
    }

    private static string Shared()
    {
        var named = Environment.GetEnvironmentVariable("STILLWATCH_SHARED");
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null && named is null; folder = folder.Parent)
        {
            var beside = Path.Combine(folder.FullName, "shared");
            named = Directory.Exists(Path.Combine(beside, "contracts")) ? beside : null;
        }

        Assert.SkipWhen(named is null, "The folder shared/contracts is not beside the checkout; STILLWATCH_SHARED may name it.");
        return named!;
    }

    private sealed class Recorder(List<SimulationProgress> reports) : IProgress<SimulationProgress>
    {
        public void Report(SimulationProgress value) => reports.Add(value);
    }

    private sealed class Canceller(CancellationTokenSource source) : IProgress<SimulationProgress>
    {
        public void Report(SimulationProgress value) => source.Cancel();
    }
}
