using Stillwatch.Benchmarks.Detection.Ablation;
using Stillwatch.Benchmarks.Detection.Commands;
using Stillwatch.Benchmarks.Detection.Worlds;
using Stillwatch.Campaigns.Evidence;
using Stillwatch.Hunting;

namespace Stillwatch.Benchmarks.Detection.Tests.Ablation;

[Collection(EngineCollection.Name)]
public sealed class AblationTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("stillwatch-ablation-").FullName;

    [Fact]
    public void Subsets_AreAll_EachSide_AndAllButEachKind()
    {
        var kinds = Enum.GetValues<EvidenceKind>();
        Assert.Equal(4 + kinds.Length, EvidenceSubset.All.Count);
        Assert.Equal(EvidenceSubset.All.Count, EvidenceSubset.All.Select(static subset => subset.Name).Distinct().Count());
        Assert.Empty(EvidenceSubset.All[0].Without);
        Assert.Equal([EvidenceKind.LoadBalance], EvidenceSubset.All.Single(static subset => subset.Name == "without load balance").Without);
        var content = EvidenceSubset.All.Single(static subset => subset.Name == "content only");
        Assert.Equal(
            [EvidenceKind.InterchangeableContent, EvidenceKind.WorkPartition, EvidenceKind.NarrowContent], kinds.Except(content.Without));
    }

    [Fact]
    public async Task Command_UnusableArguments_EndsWithTwo() => Assert.Equal(2, await AblationCommand.RunAsync([]));

    /// <summary>Content is what a campaign is found by: it is found with it alone, and by nothing else without it.</summary>
    [Fact]
    public async Task Hunts_OfOneStore_AreEachWithTheirOwnEvidence()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var settings = WorldSettings.Of(new CommandArguments(["--scratch", _directory], WorldSettings.Options));
        var scenario = WorldScenario.Of("plain", 7, 400, [new("c", "hydra_plain", 24, 1800, new() { ["capability"] = "reasoning" })]);
        string[] names = ["all", "content only", "timing only", "infrastructure only"];
        var hunts = names.Select(static name => new HuntOptions
        {
            Evidence = new() { Without = EvidenceSubset.All.Single(subset => subset.Name == name).Without },
        });
        var findings = await settings.Hunt.WithWorldAsync(
            scenario, 7, world => settings.Hunt.HuntAsync(world, [.. hunts], cancellation), cancellation);
        Assert.Equal([1, 1, 0, 0], findings.Select(static found => found.Campaigns.Count));
        Assert.True(findings[0].Campaigns[0].Log10Corroboration > findings[1].Campaigns[0].Log10Corroboration);
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);
}
