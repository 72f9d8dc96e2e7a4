using Stillwatch.Coordination;
using Stillwatch.Statistics;

namespace Stillwatch.Tests.Coordination;

public sealed class MembershipScoresTests
{
    private const int Accounts = 150;

    /// <summary>One instance for one core after the other, as a thread has it.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Score_RandomCores_AgreesWithTheDefinition(ulong seed)
    {
        var g = new SeededGenerator(seed);
        var graph = SightingSet.Random(ref g, Accounts, 6, 90).Build();
        var weighty = Enumerable.Range(0, graph.ValueCount).Where(value => graph.Value(value).Weight > 0).ToArray();
        var scores = new MembershipScores(graph);
        for (var round = 0; round < 40; round++)
        {
            g.Shuffle<int>(weighty);
            var core = new CoreValue[g.Next(8)];
            for (var i = 0; i < core.Length; i++)
            {
                core[i] = new(weighty[i], 3, 1 - (0.8 * g.NextDouble()));
            }

            var typical = new GroupCore(core);
            scores.Score(typical);
            scores.Score(typical);
            AssertScores(graph, core, scores);
        }
    }

    [Fact]
    public void Score_AverageMember_IsOne()
    {
        var g = new SeededGenerator(3);
        var members = Enumerable.Range(0, 30).ToList();
        var graph = new SightingSet(1000).ShareSome(ref g, members, 1, 12, 5).Build();
        var scores = new MembershipScores(graph);
        scores.Score(new TypicalValues(graph, new()).Of(members));
        Assert.Equal(1, members.Average(member => scores[member]), 1e-9);
    }

    private static void AssertScores(SharingGraph graph, CoreValue[] core, MembershipScores scores)
    {
        double Weight(CoreValue value) => graph.Value(value.Value).Weight * value.Share;

        var average = core.Sum(value => Weight(value) * value.Share);
        var expected = Enumerable.Range(0, Accounts).Select(
            account => core.Where(value => graph.UsersOf(value.Value).Contains(account)).Sum(value => Weight(value) / average)).ToArray();
        Assert.All(expected, (score, account) => Assert.Equal(score, scores[account], 1e-9));
        foreach (var least in (double[])[0.0001, 0.5, 1])
        {
            var some = expected.Select(static (score, account) => (score, account)).Where(pair => Math.Abs(pair.score - least) > 1e-9);
            Assert.Equal(
                some.Where(pair => pair.score >= least).Select(static pair => pair.account),
                scores.AtLeast(least).Where(account => Math.Abs(scores[account] - least) > 1e-9).Order());
        }

        var outside = expected.Where(static (score, account) => account % 3 != 0 && score > 0).Order().ToArray();
        var found = scores.Outside(Enumerable.Range(0, Accounts).Where(static account => account % 3 == 0));
        Assert.Equal(outside.Length, found.Length);
        Assert.All(outside.Zip(found), static pair => Assert.Equal(pair.First, pair.Second, 1e-9));
    }
}
