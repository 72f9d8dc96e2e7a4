using Stillwatch.Benchmarks.Detection.Commands;
using Stillwatch.Benchmarks.Detection.Coordination;
using Stillwatch.Benchmarks.Detection.Metrics;
using Stillwatch.Benchmarks.Detection.Sybil;
using Stillwatch.Evaluation;
using Stillwatch.Simulation;
using Stillwatch.Simulation.Scenarios;

namespace Stillwatch.Benchmarks.Detection.Tests.Coordination;

public sealed class CoordinationCommandTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("stillwatch-coordination-").FullName;

    [Fact]
    public async Task Commands_UnusableArguments_EndWithTwo()
    {
        Assert.Equal(2, await CoordinationCommand.RunAsync([]));
        Assert.Equal(2, await CoordinationCommand.RunAsync(["--nonsense", "1"]));
        Assert.Equal(2, await CoordinationCommand.RunAsync([_directory]));
        Assert.Equal(2, await CoordinationCommand.RunAsync([_directory, "--only", "no such detector"]));
        Assert.Equal(2, await SybilCommand.RunAsync([]));
        Assert.Equal(2, await SybilCommand.RunAsync(["--data", _directory, "--view", "sideways"]));
        Assert.Equal(2, await SybilCommand.RunAsync(["--data", _directory]));
    }

    [Fact]
    public void Find_DirectoryWithoutTruth_SaysWhatIsMissing()
    {
        File.WriteAllText(Path.Combine(_directory, "interactions.jsonl"), string.Empty);
        File.WriteAllText(Path.Combine(_directory, "accounts.jsonl"), string.Empty);
        var fault = Assert.Throws<UnusableException>(() => LabelledLog.Find(new([_directory], "--accounts", "--truth")));
        Assert.Equal($"{_directory} holds no truth.jsonl.gz.", fault.Message);
    }

    /// <summary>All rivals look through a simulated log; every score is finite, and of every group each account is there once.</summary>
    [Fact]
    public void Rivals_SimulatedLog_GiveWellFormedSuspicion()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var traffic = SimulatedTraffic.Create(BuiltInScenarios.Get("demo"), new() { Seed = 3, Scale = 0.2 }, cancellation);
        var table = InteractionTableReader.Read(traffic.Interactions(cancellation).SelectMany(static batch => batch));
        foreach (var registration in traffic.Accounts())
        {
            table.Register(registration.Account, Sum(registration.Payment), Sum(registration.EmailDomain));
        }

        var truth = LogTruth.Of(table, new Truth(traffic.Truth()));
        var input = new RivalInput(table);
        foreach (var rival in Rivals.All)
        {
            var suspicion = rival.Detect(input, cancellation);
            Assert.True(suspicion.Scores.Length == table.Accounts.Count && suspicion.Scores.All(double.IsFinite), rival.Name);
            Assert.True(suspicion.Groups.All(static group => group.Distinct().Count() == group.Length && group.Length > 0), rival.Name);
            var run = DetectorRun.Of(rival.Name, suspicion, truth, 0);
            Assert.InRange(run.Accounts.AveragePrecision, 0, 1);
        }

    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private static ulong Sum(string? text) => text is null ? 0 : text.Aggregate(1UL, static (sum, character) => (31 * sum) + character);
}
