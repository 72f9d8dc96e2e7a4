using Stillwatch.Benchmarks.Detection.Commands;
using Stillwatch.Benchmarks.Detection.Documents;

namespace Stillwatch.Benchmarks.Detection.Tests.Documents;

public sealed class MeasuredArgumentsTests
{
    private static readonly MeasuredArguments Paths = new("/data/shared", "/logs");

    [Fact]
    public void Expand_Placeholders_BecomePathsOfThisMachine() => Assert.Equal(
        ["nulls", "--data", "/data/shared/data", "/logs/dev-null-116", "SHAREDNOT/x"],
        Paths.Expand("nulls --data SHARED/data LOGS/dev-null-116 SHAREDNOT/x"));

    [Fact]
    public void Logs_OfACommand_TellScenarioAndSeed() => Assert.Equal(
        [("/logs/dev-null-116", "/data/shared/tools/compose/scenarios/dev-null.json", 116UL)],
        Paths.Logs("nulls --worlds 0 LOGS/dev-null-116"));

    [Theory]
    [InlineData("LOGS/dev-null")]
    [InlineData("LOGS/../dev-null-1")]
    [InlineData("LOGS/dev-null-99999999999999999999999")]
    public void Logs_WithoutASeedOrOutsideTheFolder_AreRefused(string argument) =>
        Assert.Throws<UnusableException>(() => Paths.Logs(argument).ToList());
}
