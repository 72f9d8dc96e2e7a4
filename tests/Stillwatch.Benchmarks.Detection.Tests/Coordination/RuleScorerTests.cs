using Stillwatch.Benchmarks.Detection.Coordination;

namespace Stillwatch.Benchmarks.Detection.Tests.Coordination;

public sealed class RuleScorerTests
{
    private static readonly AccountSignals Quiet = new()
    {
        Interactions = 20,
        MostInMinute = 0,
        MostInHour = 0,
        TokensPerDay = 0,
        GapVariation = 2,
        PlainLibrary = 0,
        Hosting = 0,
        China = 0,
        RolePreamble = 0,
        Reasoning = 0,
        Pivots = false,
        Coincident = 0,
        Cluster = 1,
    };

    /// <summary>By hand: confidence 20/40, so a rule that fires counts 0.7 of its weight.</summary>
    [Fact]
    public void Composite_KnownSignals_AgreesWithTheHand()
    {
        Assert.Equal(0, RuleScorer.Composite(Quiet), 1e-12);
        Assert.Equal(0.14 * 0.7, RuleScorer.Composite(Quiet with { PlainLibrary = 1 }), 1e-12);
        Assert.Equal(0.14 * 0.7 * 1.3, RuleScorer.Composite(Quiet with { PlainLibrary = 1, China = 1 }), 1e-12);
        Assert.Equal((0.08 * 0.8 * 0.7) + 0.08, RuleScorer.Composite(Quiet with { Cluster = 5 }), 1e-12);
        Assert.Equal(0.04 * 0.7, RuleScorer.Composite(Quiet with { GapVariation = 0.05 }), 1e-12);
        Assert.Equal(0, RuleScorer.Composite(Quiet with { GapVariation = double.NaN }), 1e-12);
    }

    /// <summary>Everything at once, with full confidence: the ten rules' weights, which leave out 0.27.</summary>
    [Fact]
    public void Composite_EverySignal_ReachesTheLargestSum()
    {
        var loud = Quiet with
        {
            Interactions = int.MaxValue / 2,
            MostInMinute = 1000,
            TokensPerDay = 1e9,
            GapVariation = 0,
            PlainLibrary = 1,
            Hosting = 1,
            RolePreamble = 1,
            Reasoning = 1,
            Pivots = true,
            Coincident = 1,
            Cluster = 100,
        };
        Assert.Equal(0.73 + 0.08, RuleScorer.Composite(loud), 1e-6);
    }

    [Fact]
    public void RateThreshold_BusyHour_IsStopped()
    {
        var suspicion = RateThreshold.Detect([Quiet with { MostInHour = 499 }, Quiet with { MostInHour = 500 }]);
        Assert.Equal([false, true], suspicion.Accused);
    }

    [Fact]
    public void Signals_KnownLog_AreCounted()
    {
        var log = new RequestLog();
        for (var i = 0; i < 4; i++)
        {
            log.Add("bot", 600 * i, $"You are a grader. Item {i}.", "192.0.2.1", "aiohttp/3.9", i < 2 ? "old" : "new");
        }

        var signals = AccountSignalReader.Read(log.Add("human", 600.5, "hello there", "192.0.2.7", "Mozilla").Table());
        var (bot, human) = (signals[0], signals[1]);
        Assert.Equal((4, 1, 4), (bot.Interactions, bot.MostInMinute, bot.MostInHour));
        Assert.Equal((1.0, 1.0, 0.25, true), (bot.PlainLibrary, bot.RolePreamble, bot.Coincident, bot.Pivots));
        Assert.Equal(0, bot.GapVariation, 1e-9);
        Assert.Equal(600, bot.TokensPerDay);
        Assert.Equal((0.0, 1.0, 1), (human.PlainLibrary, human.Coincident, human.Cluster));
        Assert.True(double.IsNaN(human.GapVariation));
    }
}
