using Stillwatch.Coordination;
using Stillwatch.Statistics;

namespace Stillwatch.Tests.Coordination;

public sealed class DenseBlockTests
{
    private const int Scattered = 600;

    private static readonly int[] Planted = [.. Enumerable.Range(100, 20)];

    /// <summary>Some accounts of a random graph, organizations among them, and one instance for all.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void FindAll_FewAccounts_IsHalfAsDenseAsTheDensestBlock(ulong seed)
    {
        var g = new SeededGenerator(seed);
        var graph = SightingSet.Random(ref g, 90, 5, 24).Build();
        var dense = new DenseBlock(graph);
        var found = 0;
        for (var round = 0; round < 60; round++)
        {
            var accounts = Enumerable.Range(0, 90).ToArray();
            g.Shuffle<int>(accounts);
            accounts = accounts[..8];
            found += AssertDense(graph, accounts, dense.FindAll(accounts).FirstOrDefault([]), static (value, _, _) => value.Weight);
            AssertDense(
                graph,
                accounts,
                dense.FindInside(accounts),
                static (value, users, parties) => users < 2 ? 0 : value.Weight * Math.Log((double)parties / users));
        }

        Assert.InRange(found, 40, 60);
    }

    [Fact]
    public void FindAll_PlantedBlockAmongNoise_GivesItsParties()
    {
        var everybody = Enumerable.Range(0, Scattered).ToList();
        var g = new SeededGenerator(1);
        var noise = new SightingSet(Scattered).Scatter(ref g, Scattered);
        Assert.True(new DenseBlock(noise.Build()).FindAll(everybody).First().Except(Planted).Any());
        var graph = noise.ShareSome(ref g, Planted, 1, 10, 8).Build();
        Assert.Equal(Planted, new DenseBlock(graph).FindAll(everybody).First().Order());
    }

    [Theory]
    [InlineData(5)]
    [InlineData(20)]
    [InlineData(60)]
    public void FindAll_CamouflagedBlock_GivesTheSameParties(int camouflage)
    {
        var g = new SeededGenerator(2);
        var graph = new SightingSet(Scattered).Scatter(ref g, Scattered).ShareSome(ref g, Planted, 1, 10, 8)
            .Camouflage(ref g, Planted, Scattered, camouflage).Build();
        Assert.Equal(Planted, new DenseBlock(graph).FindAll([.. Enumerable.Range(0, Scattered)]).First().Order());
    }

    /// <summary>Forty accounts and a stranger share ten values; a block of twenty strangers shares as many.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void FindAll_AccountsOfOneOrganization_MakeNoBlock(bool declared)
    {
        var g = new SeededGenerator(3);
        var party = Enumerable.Range(0, Scattered).Select(account => declared ? Math.Max(account - 39, 0) : account).ToArray();
        var set = new SightingSet(party).ShareSome(ref g, Planted, 1, 10, 6).Share(Enumerable.Range(0, 41), 50, 10);
        var block = new DenseBlock(set.Build()).FindAll([.. Enumerable.Range(0, Scattered)]).First();
        Assert.Equal(declared ? Planted.Select(account => account - 39) : Enumerable.Range(0, 41), block.Order());
    }

    /// <summary>Nine accounts hide behind ten values that three hundred have in common.</summary>
    [Fact]
    public void FindInside_WhatAllShare_HoldsNobodyTogether()
    {
        var circle = Enumerable.Range(0, 300).ToList();
        var graph = new SightingSet(3100).Share(circle, 1, 10).Share(circle[..9], 50, 5).Build();
        var dense = new DenseBlock(graph);
        Assert.Equal(circle, dense.FindAll(circle).First().Order());
        Assert.Equal(circle[..9], dense.FindInside(circle).Order());
    }

    /// <summary>Accounts alone and of organizations in any order: each block is the densest of what the ones before left over.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void FindAll_OneBlockAfterTheOther_FindsEachInTheRest(ulong seed)
    {
        var g = new SeededGenerator(seed);
        var graph = SightingSet.Random(ref g, 90, 5, 24).Build();
        var rest = Enumerable.Range(0, 90).ToArray();
        g.Shuffle<int>(rest);
        var blocks = new DenseBlock(graph).FindAll(rest).ToList();
        Assert.True(blocks.Count > 2);
        foreach (var block in blocks)
        {
            Assert.Equal(block.Order(), new DenseBlock(graph).FindAll([.. rest.Order()]).First().Order());
            rest = [.. rest.Where(account => !block.Contains(graph.PartyOf(account)))];
        }

        Assert.Empty(new DenseBlock(graph).FindAll(rest));
    }

    [Fact]
    public void FindAll_AccountsThatShareNothingRare_IsEmpty()
    {
        var dense = new DenseBlock(new SightingSet(20).Share(Enumerable.Range(0, 5), 1, 3).Build());
        Assert.Empty(dense.FindAll([0, 1, 2, 10]));
        Assert.Empty(dense.FindInside([0, 1, 2, 10]));
        Assert.Empty(dense.FindAll([]));
    }

    /// <summary>Gives 1 if there was anything to find.</summary>
    private static int AssertDense(SharingGraph graph, int[] accounts, HashSet<int> block, Func<SharedValue, int, int, double> weigh)
    {
        var uses = accounts.SelectMany(account => graph.UsesOf(account).ToArray().Select(use => (Party: graph.PartyOf(account), use.Value)))
            .Where(use => graph.Value(use.Value).Weight > 0).Distinct().ToList();
        var parties = uses.Select(static use => use.Party).Distinct().ToArray();
        var weights = uses.CountBy(static use => use.Value)
            .ToDictionary(static pair => pair.Key, pair => weigh(graph.Value(pair.Key), pair.Value, parties.Length));
        Assert.Subset(parties.ToHashSet(), block);
        var densest = Enumerable.Range(1, (1 << parties.Length) - 1)
            .Select(mask => Density(uses, weights, [.. parties.Where((_, i) => (mask & (1 << i)) != 0)])).DefaultIfEmpty().Max();
        Assert.True(Density(uses, weights, block) >= (densest / 2) - 1e-9);
        return densest > 0 ? 1 : 0;
    }

    /// <summary>The density of some parties with the values that make it largest, which are those of the largest loads.</summary>
    private static double Density(List<(int Party, int Value)> uses, Dictionary<int, double> weights, HashSet<int> parties)
    {
        var loads = uses.Where(use => parties.Contains(use.Party)).GroupBy(static use => use.Value)
            .Select(users => users.Count() * weights[users.Key]).OrderDescending();
        var (best, sum, nodes) = (0.0, 0.0, parties.Count);
        foreach (var load in loads)
        {
            sum += load;
            nodes++;
            best = Math.Max(best, sum / nodes);
        }

        return best;
    }
}
