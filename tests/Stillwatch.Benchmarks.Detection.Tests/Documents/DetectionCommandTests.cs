using Stillwatch.Benchmarks.Detection.Documents;

namespace Stillwatch.Benchmarks.Detection.Tests.Documents;

[Collection(EngineCollection.Name)]
public sealed class DetectionCommandTests
{
    private const string Scenario =
        """
        {"name": "tiny", "start": "2026-03-02T00:00:00Z", "days": 5, "models": [{"name": "aurora-2", "share": 1}],
         "benign_interactions": 1500, "population": {"chatter": 90, "app": 10}, "campaigns": []}
        """;

    [Fact]
    public async Task Detection_APage_IsMeasuredByItsCommands()
    {
        var directory = Directory.CreateTempSubdirectory("stillwatch-pages-").FullName;
        try
        {
            var (page, scenario) = (Path.Combine(directory, "page.md"), Path.Combine(directory, "tiny.json"));
            await File.WriteAllTextAsync(scenario, Scenario, TestContext.Current.CancellationToken);
            await File.WriteAllLinesAsync(
                page,
                ["above", "<!-- measured: accuracy SHARED/tiny.json --seeds 7 -->", "old", "<!-- end of what was measured -->", "below"],
                TestContext.Current.CancellationToken);
            Assert.Equal(0, await DetectionCommand.RunAsync([page, "--shared", directory, "--only", "nulls"]));
            Assert.Contains("old", await File.ReadAllLinesAsync(page, TestContext.Current.CancellationToken));
            Assert.Equal(0, await DetectionCommand.RunAsync([page, "--shared", directory]));
            var lines = await File.ReadAllLinesAsync(page, TestContext.Current.CancellationToken);
            Assert.Equal(("above", "below"), (lines[0], lines[^1]));
            Assert.DoesNotContain("old", lines);
            Assert.Contains(lines, static line => line.StartsWith("| simulator: tiny, 7 | ", StringComparison.Ordinal));
            Assert.Contains(lines, static line => line.StartsWith("| chatter | 0 of 90: 0 (", StringComparison.Ordinal));
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    [Fact]
    public async Task Detection_WithoutWhatItNeeds_SaysSo()
    {
        Assert.Equal(2, await DetectionCommand.RunAsync(["page.md"]));
        Assert.Equal(2, await DetectionCommand.RunAsync(["--shared", "."]));
    }
}
