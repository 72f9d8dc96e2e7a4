using Stillwatch.Benchmarks.Detection.Commands;
using Stillwatch.Benchmarks.Detection.Worlds;

namespace Stillwatch.Benchmarks.Detection.Tests.Commands;

/// <summary>What is known is not measured again, and a file of something else is named by its line.</summary>

public sealed class OutcomeFileTests : IDisposable
{
    private readonly string _path = Path.GetTempFileName();

    [Fact]
    public async Task Get_KnownSetting_IsNotMeasuredAgain()
    {
        Assert.Equal(3, (await GetAsync("a", 1, guilty: 3)).Guilty);
        Assert.Equal(3, (await GetAsync("a", 1, guilty: 4)).Guilty);
        Assert.Equal(5, (await GetAsync("a", 2, guilty: 5)).Guilty);
        Assert.Equal(6, (await GetAsync("b", 1, guilty: 6)).Guilty);
        Assert.Equal(3, File.ReadLines(_path).Count());
    }

    [Fact]
    public void Open_OtherFile_SaysSo()
    {
        File.WriteAllText(_path, "{\"Setting\":\"a\"}\n");
        var fault = Assert.Throws<InvalidDataException>(() => OutcomeFile<WorldOutcome>.Open(_path));
        Assert.StartsWith($"{_path}:1: no outcome of this command (", fault.Message, StringComparison.Ordinal);
    }

    public void Dispose() => File.Delete(_path);

    private Task<WorldOutcome> GetAsync(string setting, ulong seed, long guilty) =>
        OutcomeFile<WorldOutcome>.Open(_path).GetAsync(setting, seed, () => Task.FromResult(new WorldOutcome
        {
            Setting = setting,
            Seed = seed,
            Interactions = 1,
            Guilty = guilty,
            GuiltyActed = 1,
            Benign = 1,
            BenignActed = 0,
            Campaigns = 1,
            CampaignsFound = 1,
            Shares = new Dictionary<string, double> { ["c"] = 0.5 },
        }));
}
