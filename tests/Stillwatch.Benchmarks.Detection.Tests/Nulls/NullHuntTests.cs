using Stillwatch.Benchmarks.Detection.Commands;
using Stillwatch.Benchmarks.Detection.Coordination;
using Stillwatch.Benchmarks.Detection.Nulls;
using Stillwatch.Simulation;
using Stillwatch.Simulation.Scenarios;

namespace Stillwatch.Benchmarks.Detection.Tests.Nulls;

[Collection(EngineCollection.Name)]
public sealed class NullHuntTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("stillwatch-nulls-").FullName;

    /// <summary>The same world twice: without its campaign nothing is reported, with it the campaign is found and nothing else.</summary>
    [Fact]
    public async Task RunAsync_WorldWithAndWithoutCampaign_FindsTheCampaignOnly()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var control = Small(WorldDesigner.Draw(WorldKind.Control, 1, 4));
        var found = await NullHunt.RunAsync(control, cancellation);
        var without = await NullHunt.RunAsync(
            control with { Kind = WorldKind.Null, Scenario = control.Scenario with { Campaigns = [] } }, cancellation);
        Assert.Equal((1, 0, true, "HydraPlain"), (found.Reported, found.False, found.Found, found.Family));
        Assert.True(found.GuiltyActed > 0.9 * found.Guilty);
        Assert.Equal((0, 0L), (without.Reported, without.Guilty));
        Assert.Equal(0, without.Benign.Sum(static part => part.Acted));
        Assert.Equal(control.Scenario.Population.Values.Sum(), without.Benign.Sum(static part => part.Accounts));
        Assert.Contains(found.Groups, static group => group is { IsPursued: true, Combined: > 4 });
        Assert.All(without.Groups, Check);
    }

    /// <summary>What was hunted once is read from the file, and a log with a campaign is no null traffic.</summary>
    [Fact]
    public async Task Command_KnownOutcomes_AreNotHuntedAgain()
    {
        var results = Path.Combine(_directory, "worlds.jsonl");
        var file = OutcomeFile<NullOutcome>.Open(results);
        file.Keep(Outcome("null-1", WorldKind.Null));
        file.Keep(Outcome("control-1", WorldKind.Control) with { Family = "HydraPlain", Guilty = 4 });
        var written = await File.ReadAllTextAsync(results, TestContext.Current.CancellationToken);
        Assert.Equal(0, await NullCommand.RunAsync(["--worlds", "1", "--controls", "1", "--seed", "9", "--results", results]));
        Assert.Equal(written, await File.ReadAllTextAsync(results, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Command_UnusableArguments_EndsWithTwo()
    {
        Assert.Equal(2, await NullCommand.RunAsync(["--worlds", "many"]));
        Assert.Equal(2, await NullCommand.RunAsync(["--nonsense", "1"]));
        Assert.Equal(2, await NullCommand.RunAsync(["--worlds", "0", "--controls", "0", Path.Combine(_directory, "missing")]));
        await File.WriteAllTextAsync(Path.Combine(_directory, "broken.jsonl"), "{", TestContext.Current.CancellationToken);
        Assert.Equal(2, await NullCommand.RunAsync(["--worlds", "0", "--results", Path.Combine(_directory, "broken.jsonl")]));
    }

    /// <summary>A log on disk gives what the same world gives from memory; one with a campaign is refused.</summary>
    [Fact]
    public async Task RunAsync_LogOnDisk_IsTheSameWorld()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var design = Small(WorldDesigner.Draw(WorldKind.Null, 1, 2)) with { Holiday = null, Wave = null };
        var traffic = SimulatedTraffic.Create(design.Scenario, new() { Seed = design.Seed }, cancellation);
        new SimulationWriter(traffic).Write(_directory, null, cancellation);
        var log = Assert.Single(LabelledLog.Find(new([_directory])));
        var (given, simulated) = (await NullHunt.RunAsync(log, cancellation), await NullHunt.RunAsync(design, cancellation));
        Assert.Equal(simulated.Interactions, given.Interactions);
        Assert.Equal(simulated.Benign, given.Benign);
        Assert.Equal(simulated.Groups.Select(static group => group.Combined), given.Groups.Select(static group => group.Combined));
        Assert.Equal((WorldKind.Given, Path.GetFileName(_directory)), (given.Kind, given.Name));

        var smoke = SimulatedTraffic.Create(BuiltInScenarios.Get("smoke"), new(), cancellation);
        new SimulationWriter(smoke).WriteAllButInteractions(_directory);
        await Assert.ThrowsAsync<UnusableException>(() => NullHunt.RunAsync(log, cancellation));
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    /// <summary>All tests ran on the group, and the hunt's own evidence is that of the gate unless it pursued the group.</summary>
    private static void Check(GroupReading group)
    {
        var gate = EvidenceCodes.Gate.Select(code => Assert.Single(EvidenceCodes.Of(group, code))).ToList();
        Assert.Equal(gate.Min(), group.Content, 3);
        Assert.Single(EvidenceCodes.Of(group, "elicitation"));
        Assert.Equal(group.Content + (group.IsPursued ? group.Corroboration : 0), group.Combined, 2);
        Assert.All(group.Readings, static reading => Assert.True(double.IsFinite(reading.Log10)));
        Assert.All(group.Readings, static reading =>
            Assert.Contains(reading.Code, EvidenceCodes.Gate.Concat(EvidenceCodes.Corroborating)));
    }

    /// <summary>A third of the world, but all of its campaign.</summary>
    private static WorldDesign Small(WorldDesign design) => design with
    {
        Scenario = design.Scenario with
        {
            Population = design.Scenario.Population.ToDictionary(static pair => pair.Key, static pair => (pair.Value + 2) / 3),
            BenignInteractions = design.Scenario.BenignInteractions / 3,
        },
    };

    private static NullOutcome Outcome(string name, WorldKind kind) => new()
    {
        Name = name,
        Seed = 9,
        Kind = kind,
        Interactions = 10,
        Reported = 0,
        False = 0,
        Benign = [new("app", 5, 0, 0)],
        Groups = [],
    };
}
