using Stillwatch.Coordination;
using Stillwatch.Statistics;

namespace Stillwatch.Tests.Coordination;

public sealed class SharingGraphBuilderTests
{
    private const int Hundred = 100;

    [Theory]
    [InlineData(2, 3.912023)]
    [InlineData(5, 2.995732)]
    [InlineData(10, 2.302585)]
    [InlineData(11, 0)]
    [InlineData(100, 0)]
    public void Weight_OfMoreUsers_IsLessAndZeroForPopularValues(int users, double weight)
    {
        var graph = new SightingSet(Hundred).Share(Enumerable.Range(0, users), 1, 1).Build();
        Assert.Equal(users, graph.Value(0).Parties);
        Assert.Equal(weight, graph.Value(0).Weight, 1e-6);
    }

    [Theory]
    [InlineData(1, 0.25)]
    [InlineData(2, 0.5)]
    [InlineData(3, 0.75)]
    [InlineData(4, 1)]
    [InlineData(7, 1)]
    public void Weight_OfShortPhrases_IsLess(ulong words, double specificity)
    {
        var set = new SightingSet(Hundred);
        foreach (var kind in (SharedValueKind[])[SharedValueKind.Phrase, SharedValueKind.SystemPrompt])
        {
            set.Add(1, 800 | words, 1, kind);
            set.Add(2, 800 | words, 1, kind);
        }

        var graph = set.Build();
        Assert.Equal(specificity * Math.Log(50), graph.Value(0).Weight, 1e-6);
        Assert.Equal(Math.Log(50), graph.Value(1).Weight, 1e-6);
    }

    /// <summary>What an organization's accounts alone use is no shared value; in their norm it counts as half the rarest one.</summary>
    [Fact]
    public void Build_ValuesOfOneParty_AreNotSharedAndOnlyDilute()
    {
        var party = Enumerable.Range(0, Hundred + 2).Select(static account => Math.Max(account - 2, 0)).ToArray();
        var graph = new SightingSet(party).Share([0, 1, 2], 1, 1).Share([0, 3], 2, 1).Build();
        Assert.Equal(1, graph.ValueCount);
        Assert.Equal((2UL, 2), (graph.Value(0).Hash, graph.Value(0).Parties));
        var (own, shared) = (Math.Log(Hundred) / 2, Math.Log(50));
        Assert.Equal(shared / Math.Sqrt((own * own) + (shared * shared)), Assert.Single(graph.UsesOf(0).ToArray()).Load, 1e-6);
        Assert.Equal(1, Assert.Single(graph.UsesOf(3).ToArray()).Load, 1e-6);
        Assert.Empty(graph.UsesOf(1).ToArray());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Build_RandomSightings_AgreesWithTheDefinition(ulong seed)
    {
        var g = new SeededGenerator(seed);
        var set = SightingSet.Random(ref g, 120, 6, 90);
        var order = set.All.ToArray();
        g.Shuffle<ValueSighting>(order);
        var graph = set.Build(order);

        var (party, parties) = (set.Parties.Party, set.Parties.Count);
        var values = set.All.GroupBy(static sighting => (sighting.Kind, sighting.Hash))
            .Select(uses => (uses.Key, Users: uses.Select(use => use.Account).Order().ToArray()))
            .Select(value => (value.Key, value.Users, Parties: value.Users.Select(user => party[user]).Distinct().Count()))
            .Where(static value => value.Parties > 1).OrderBy(static value => value.Key).ToArray();
        Assert.Equal((120, parties, values.Length), (graph.AccountCount, graph.PartyCount, graph.ValueCount));
        Assert.Contains(values, value => 10 * value.Parties > parties);
        for (var value = 0; value < values.Length; value++)
        {
            var (key, users, count) = values[value];
            var words = key.Kind == SharedValueKind.Phrase ? Math.Min(key.Hash & 7, 4) / 4.0 : 1;
            Assert.Equal((key.Kind, key.Hash, count), (graph.Value(value).Kind, graph.Value(value).Hash, graph.Value(value).Parties));
            Assert.Equal(10 * count > parties ? 0 : words * Math.Log((double)parties / count), graph.Value(value).Weight, 1e-6);
            Assert.Equal(users, graph.UsersOf(value).ToArray());
        }

        AssertLoads(set, graph);
        Assert.All(party, (own, account) => Assert.Equal(own, graph.PartyOf(account)));
        Assert.All(party, (own, account) => Assert.Equal(party.Count(other => other == own) == 1, graph.IsAlone(account)));
        Assert.All(
            Enum.GetValues<SharedValueKind>(),
            kind => Assert.Equal(
                values.Where(value => value.Key.Kind == kind).GroupBy(static value => value.Parties)
                    .Select(static group => (group.Key, group.Count())).Order(),
                graph.Degrees(kind)));
    }

    /// <summary>Weight times the root of the share, over the root of the sum of squares of all that the account uses.</summary>
    private static void AssertLoads(SightingSet set, SharingGraph graph)
    {
        var index = Enumerable.Range(0, graph.ValueCount).ToDictionary(value => (graph.Value(value).Kind, graph.Value(value).Hash));
        var lengths = new List<double>();
        for (var account = 0; account < graph.AccountCount; account++)
        {
            var uses = set.All.Where(sighting => sighting.Account == account)
                .Select(use => (Value: index.GetValueOrDefault((use.Kind, use.Hash), -1), use.Share))
                .OrderBy(static use => use.Value).ToList();
            var weights = uses.Select(use => Math.Sqrt(use.Share)
                * (use.Value < 0 ? Math.Log(graph.PartyCount) / 2 : graph.Value(use.Value).Weight)).ToList();
            var norm = Math.Sqrt(weights.Sum(static weight => weight * weight));
            var expected = uses.Zip(weights).Where(static use => use.First.Value >= 0)
                .Select(use => (use.First.Value, Load: norm > 0 ? use.Second / norm : 0)).ToList();
            var built = graph.UsesOf(account).ToArray();
            Assert.Equal(expected.Select(static use => use.Value), built.Select(static use => use.Value));
            Assert.All(expected.Zip(built), static pair => Assert.Equal(pair.First.Load, pair.Second.Load, 1e-6));
            lengths.Add(built.Sum(static use => (double)use.Load * use.Load));
        }

        Assert.All(lengths, static length => Assert.InRange(length, 0, 1 + 1e-6));
        Assert.Contains(lengths, static length => length < 0.9);
    }
}
