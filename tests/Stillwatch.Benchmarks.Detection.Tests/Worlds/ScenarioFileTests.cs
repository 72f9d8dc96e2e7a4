using Stillwatch.Benchmarks.Detection.Commands;
using Stillwatch.Benchmarks.Detection.Worlds;

namespace Stillwatch.Benchmarks.Detection.Tests.Worlds;

public sealed class ScenarioFileTests
{
    [Fact]
    public void Read_AScenario_KnowsItsName()
    {
        const string Json = """{"name": "tiny", "days": 3}""";
        var scenario = Read(Json);
        Assert.Equal(("tiny", Json), (scenario.Name, scenario.ToJson()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[1]")]
    [InlineData("{}")]
    [InlineData("{\"name\": 3}")]
    [InlineData("{\"name\": \"\"}")]
    public void Read_NoScenario_IsRefused(string json) => Assert.Throws<UnusableException>(() => Read(json));

    [Fact]
    public void Read_NoFile_IsRefused() => Assert.Throws<UnusableException>(() => ScenarioFile.Read("/no/such/scenario.json"));

    private static ScenarioFile Read(string json)
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, json);
            return ScenarioFile.Read(path);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
