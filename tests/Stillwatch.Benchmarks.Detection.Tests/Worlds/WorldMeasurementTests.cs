using Stillwatch.Benchmarks.Detection.Commands;
using Stillwatch.Benchmarks.Detection.Evasion;
using Stillwatch.Benchmarks.Detection.Worlds;
using Stillwatch.Interactions;

namespace Stillwatch.Benchmarks.Detection.Tests.Worlds;

[Collection(EngineCollection.Name)]
public sealed class WorldMeasurementTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("stillwatch-worlds-").FullName;

    [Fact]
    public async Task Commands_UnusableArguments_EndWithTwo()
    {
        Assert.Equal(2, await ScalesCommand.RunAsync(["--multiples", "0"]));
        Assert.Equal(2, await ScalesCommand.RunAsync(["a-directory"]));
        Assert.Equal(2, await EarlinessCommand.RunAsync(["--every", "soon"]));
        Assert.Equal(2, await EvasionCommand.RunAsync(["--composer", Path.Combine(_directory, "compose.py"), "--data", _directory]));
        Assert.Equal(2, await EvasionCommand.RunAsync(["--composer", "compose.py"]));
        Assert.Equal(2, await AttackerCommand.RunAsync(["--without", "no such axis"]));
        Assert.Equal(2, await AttackerCommand.RunAsync(["--search-seeds", "0"]));
        Assert.Equal(2, await SketchesCommand.RunAsync(["--seeds", "x"]));
        Assert.Equal(2, await SketchesCommand.RunAsync(["--scratch", Path.Combine(_directory, "missing")]));
    }

    /// <summary>A plain campaign is found in a world and missed in none of its copies, and nothing is left behind.</summary>
    [Fact]
    public async Task Hunt_PlainCampaign_IsFoundOnceAndKept()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var settings = Settings("--seeds", "7", "--results", Path.Combine(_directory, "results"), "--scratch", _directory);
        var scenario = WorldScenario.Of("plain", 7, 400, [new("c", "hydra_plain", 24, 1800, new() { ["capability"] = "reasoning" })]);
        var first = Assert.Single(await new WorldMeasurement(settings).HuntAsync(scenario, settings.Seeds, cancellation));
        Assert.Equal((24, 1), (first.Guilty, first.Campaigns));
        Assert.True(first.AccountRecall >= 0.9, $"{first.GuiltyActed} of 24 accounts");
        Assert.Equal(1, first.CampaignRecall);
        Assert.Equal(first.AccountRecall, first.Shares["c"]);
        Assert.InRange(first.Benign, 380, 420);
        Assert.Equal(0, first.BenignActed);

        var again = Assert.Single(await new WorldMeasurement(settings).HuntAsync(scenario, settings.Seeds, cancellation));
        Assert.Equal((first.Interactions, first.GuiltyActed), (again.Interactions, again.GuiltyActed));
        Assert.Equal(["results"], Directory.EnumerateFileSystemEntries(_directory).Select(Path.GetFileName));
    }

    /// <summary>The first alert of a replay comes before the end, when part of the campaign has passed.</summary>
    [Fact]
    public async Task Replay_PlainCampaign_IsAlertedOnTheWay()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var settings = Settings("--scratch", _directory);
        var scenario = WorldScenario.Of(
            "replayed", 4, 400, [new("c", "hydra_plain", 24, 2400, new() { ["capability"] = "reasoning" }) { StartDay = 1 }]);
        var outcome = await settings.Hunt.WithWorldAsync(
            scenario,
            7,
            async world => await AlertReading.OfAsync(
                "replayed", 7, world, await settings.Hunt.ReplayAsync(world, TimeSpan.FromHours(12), cancellation), cancellation),
            cancellation);
        var alert = Assert.Single(outcome.Alerts);
        Assert.True(alert.Detected);
        Assert.InRange(alert.Hours!.Value, 1, 71);
        Assert.InRange(alert.ExchangesBefore, 1, 2399);
        using var text = new StringWriter();
        EarlinessCommand.Write([outcome], text);
        Assert.Contains("| c | 1 of 1 |", text.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hunt_FullTextAndSketches_FindTheSame()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var settings = Settings("--scratch", _directory);
        var scenario = WorldScenario.Of("kept", 7, 300, [new("c", "hydra_plain", 24, 1200, new() { ["capability"] = "reasoning" })]);
        var (full, sketch) = await settings.Hunt.WithWorldAsync(
            scenario,
            7,
            async world => (
                await settings.Hunt.HuntAsync(world, ContentPolicy.All(ContentTreatment.Full), cancellation),
                await settings.Hunt.HuntAsync(world, ContentPolicy.All(ContentTreatment.Sketch), cancellation)),
            cancellation);
        Assert.NotEmpty(full.Campaigns);
        Assert.Equal(full.Campaigns.Select(static own => own.Log10EValue), sketch.Campaigns.Select(static own => own.Log10EValue));
        Assert.Equal(
            full.Accounts.Select(static own => (own.Account, own.Verdict)),
            sketch.Accounts.Select(static own => (own.Account, own.Verdict)));
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private static WorldSettings Settings(params string[] arguments) =>
        WorldSettings.Of(new CommandArguments(arguments, WorldSettings.Options));
}
