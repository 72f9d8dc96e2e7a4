using Stillwatch.Coordination;
using Stillwatch.Statistics;

namespace Stillwatch.Tests.Coordination;

public sealed class TypicalValuesTests
{
    private const int Accounts = 200;

    /// <summary>The users of a few values and some others, so that something is typical of them; one instance for all.</summary>
    [Theory]
    [InlineData(1, 0.15, 5)]
    [InlineData(2, 0.15, 2)]
    [InlineData(3, 0.4, 3)]
    public void Of_RandomAccounts_AgreesWithTheDefinition(ulong seed, double share, double lift)
    {
        var g = new SeededGenerator(seed);
        var graph = SightingSet.Random(ref g, Accounts, 8, 120).Build();
        var options = new GroupingOptions { MinCoreShare = share, MinCoreLift = lift };
        var typical = new TypicalValues(graph, options);
        var found = 0;
        for (var round = 0; round < 60; round++)
        {
            var accounts = new HashSet<int>();
            for (var values = g.Next(4); values > 0; values--)
            {
                accounts.UnionWith(graph.UsersOf(g.Next(graph.ValueCount)).ToArray());
            }

            for (var others = g.Next(8); others > 0; others--)
            {
                accounts.Add(g.Next(Accounts));
            }

            var core = typical.Of(accounts);
            Assert.Equal(SlowCore(graph, options, accounts), core.Values);
            found += core.Values.Count;
        }

        Assert.InRange(found, 20, int.MaxValue);
    }

    /// <summary>Of 120 equally rare values with 9 to 20 users.</summary>
    [Fact]
    public void Of_MoreThanACoreHolds_TakesTheMostWidelyShared()
    {
        var set = new SightingSet(1000);
        for (var value = 0; value < 120; value++)
        {
            set.Share(Enumerable.Range(0, 9 + (value / 10)), (ulong)value, 1);
        }

        var graph = set.Build();
        var core = new TypicalValues(graph, new()).Of([.. Enumerable.Range(0, 20)]);
        Assert.Equal(96, core.Values.Count);
        Assert.Equal(SlowCore(graph, new(), [.. Enumerable.Range(0, 20)]).Take(96), core.Values);
        Assert.All(Enumerable.Range(30, 90), value => Assert.Contains(core.Values, typical => typical.Value == value));
    }

    /// <summary>Thirty accounts of two organizations are two parties, and three parties is the least.</summary>
    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 3)]
    public void Of_AccountsOfTwoOrganizations_CountsThemAsTwo(int strangers, int parties)
    {
        var party = Enumerable.Range(0, 330).Select(static account => account < 30 ? account % 2 : account - 28).ToArray();
        var accounts = Enumerable.Range(0, 30 + strangers).ToList();
        var graph = new SightingSet(party).Share(accounts, 1, 1).Build();
        var core = new TypicalValues(graph, new()).Of(accounts);
        CoreValue[] expected = parties > 0 ? [new(0, parties, 1)] : [];
        Assert.Equal(expected, core.Values);
    }

    private static List<CoreValue> SlowCore(SharingGraph graph, GroupingOptions options, HashSet<int> accounts)
    {
        var parties = accounts.Select(graph.PartyOf).Distinct().Count();
        return
        [
            .. from value in Enumerable.Range(0, graph.ValueCount)
               let weight = graph.Value(value).Weight
               let users = graph.UsersOf(value).ToArray().Where(accounts.Contains).Select(graph.PartyOf).Distinct().Count()
               let share = (double)users / parties
               let everywhere = (double)graph.Value(value).Parties / graph.PartyCount
               where weight > 0 && users >= 3 && users >= options.MinCoreShare * parties && share / everywhere >= options.MinCoreLift
               orderby users * weight descending, value
               select new CoreValue(value, users, share),
        ];
    }
}
