using Stillwatch.Benchmarks.Detection.Documents;

namespace Stillwatch.Benchmarks.Detection.Tests.Documents;

/// <summary>The pages of the repository can be measured anew.</summary>
public sealed class PagesTests
{
    [Fact]
    public void Pages_OfTheBenchmark_NameCommandsThatThereAre()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory.FullName, "Stillwatch.slnx")))
        {
            directory = directory.Parent ?? throw new InvalidOperationException("The tests run outside the repository.");
        }

        var blocks = Directory.GetFiles(Path.Combine(directory.FullName, "docs"), "detection-benchmark*.md")
            .SelectMany(static page => MeasuredBlock.Find(File.ReadAllLines(page))).ToList();
        string[] commands =
        [
            "accuracy", "ablation", "coordination", "nulls", "sybil", "windows", "scales", "earliness", "evasion", "attacker", "sketches",
            "unseen",
        ];
        Assert.Equal(commands.Order(), blocks.Select(static block => block.Arguments.Split(' ')[0]).Distinct().Order());
        Assert.All(blocks, static block => _ = new MeasuredArguments("shared", "logs").Logs(block.Arguments).ToList());
    }
}
