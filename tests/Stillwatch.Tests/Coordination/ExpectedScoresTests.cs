using Stillwatch.Coordination;
using Stillwatch.Statistics;

namespace Stillwatch.Tests.Coordination;

public sealed class ExpectedScoresTests
{
    private const int Members = 400;
    private const int Phrases = 30;

    /// <summary>Members use each phrase at its own rate and show it from the second time on, whatever they have to say otherwise.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Of_MembersOfAllSizes_IsWhatTheyScoreOnAverage(ulong seed)
    {
        var g = new SeededGenerator(seed);
        var interactions = Enumerable.Range(0, Members).Select(_ => 8L + g.Next(12) + (g.Next(2) * 40)).ToArray();
        var (graph, core) = Group(interactions, ref g);
        var scores = new MembershipScores(graph);
        scores.Score(core);
        var expected = new ExpectedScores(graph, core.Values, interactions);
        foreach (var size in Enumerable.Range(0, Members).GroupBy(member => interactions[member] / 20))
        {
            var seen = size.Average(member => scores[member]);
            Assert.Equal(seen, size.Average(member => expected.Of(interactions[member])), seen / 10);
        }
    }

    [Fact]
    public void Of_MoreInteractions_IsHigher()
    {
        var g = new SeededGenerator(4);
        var interactions = Enumerable.Repeat(30L, Members).ToArray();
        var (graph, core) = Group(interactions, ref g);
        var expected = new ExpectedScores(graph, core.Values, interactions);
        Assert.Equal(0, expected.Of(1), 1e-9);
        Assert.Equal(1, expected.Of(30), 1e-3);
        Assert.True(expected.Of(5) < 0.2 && expected.Of(100) > 1.2);
    }

    private static (SharingGraph Graph, GroupCore Core) Group(long[] interactions, ref SeededGenerator g)
    {
        var set = new SightingSet(20 * Members);
        for (var phrase = 0; phrase < Phrases; phrase++)
        {
            var rate = 0.02 + (0.06 * g.NextDouble());
            for (var member = 0; member < Members; member++)
            {
                var uses = 0;
                for (var i = 0; i < interactions[member]; i++)
                {
                    uses += g.NextDouble() < rate ? 1 : 0;
                }

                if (uses >= 2)
                {
                    set.Add(member, 1000 + (ulong)phrase, (float)uses / interactions[member]);
                }
            }
        }

        var graph = set.Build();
        return (graph, new TypicalValues(graph, new() { MinCoreShare = 0.01 }).Of(Enumerable.Range(0, Members).ToList()));
    }
}
