using System.Globalization;
using Stillwatch.Coordination;
using Stillwatch.Statistics;

namespace Stillwatch.Tests.Coordination;

public sealed class GroupingTests
{
    private const int Accounts = 1500;

    private static readonly int[] Planted = [.. Enumerable.Range(0, 24).Select(static i => 60 * i)];

    private static readonly GroupingOptions Options = new();

    [Theory]
    [InlineData(1, 8)]
    [InlineData(2, 24)]
    [InlineData(3, 120)]
    public void Find_PlantedGroupAmongNoise_IsFoundExactly(ulong seed, int size)
    {
        var g = new SeededGenerator(seed);
        var members = Enumerable.Range(0, size).Select(static i => 11 * i).ToList();
        var noise = new SightingSet(Accounts).Scatter(ref g, Accounts);
        Assert.DoesNotContain(Find(noise.Build()), group => group.Members.Intersect(members).Count() > size / 2);
        var graph = noise.ShareSome(ref g, members, 1, 12, 8).Build();
        Assert.Contains(Find(graph), group => group.Members.SequenceEqual(members));
    }

    /// <summary>Nobody else shares anything: modularity alone would leave such a group in pieces.</summary>
    [Theory]
    [InlineData(8)]
    [InlineData(16)]
    [InlineData(30)]
    [InlineData(100)]
    public void Find_GroupThatAloneSharesAnything_IsFoundExactly(int size)
    {
        var graph = new SightingSet(Accounts).Share(Enumerable.Range(0, size), 1, 20).Build();
        Assert.Equal(Enumerable.Range(0, size), Assert.Single(Find(graph)).Members);
    }

    /// <summary>Besides eight values of their own, the planted accounts use several times as many of other accounts'.</summary>
    [Theory]
    [InlineData(1, 8)]
    [InlineData(2, 16)]
    [InlineData(3, 32)]
    public void Find_CamouflagedGroup_IsFoundExactly(ulong seed, int camouflage)
    {
        var graph = PlantedSightings(seed, camouflage).Build();
        Assert.Contains(Find(graph), static group => group.Members.SequenceEqual(Planted));
    }

    /// <summary>Sixty accounts and two strangers share values; they are found unless the sixty declare that they belong together.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Find_AccountsOfOneOrganization_AreNoGroup(bool declared)
    {
        var g = new SeededGenerator(4);
        var party = Enumerable.Range(0, Accounts).Select(account => declared ? Math.Max(account - 59, 0) : account).ToArray();
        var graph = new SightingSet(party).Scatter(ref g, Accounts).Share(Enumerable.Range(0, 62), 1, 12).Build();
        var found = Find(graph).Where(static group => group.Members.Count(static member => member < 60) > 10).ToList();
        Assert.Equal(declared ? [] : Enumerable.Range(0, 62), found.SelectMany(static group => group.Members));
    }

    /// <summary>Of a group of 20 and one of 14 among them the larger is given; with one of 11 among them, both.</summary>
    [Theory]
    [InlineData(14, 1)]
    [InlineData(11, 2)]
    public void Find_GroupInsideAGroup_IsGivenUnlessNearlyTheSame(int inner, int groups)
    {
        var graph = new SightingSet(Accounts).Share(Enumerable.Range(0, 20), 1, 30).Share(Enumerable.Range(0, inner), 50, 30).Build();
        var options = new GroupingOptions { Resolution = 0.1 };
        Assert.Equal(2, new GroupSearch(graph, SharingView.Template, options, new()).Find([.. Enumerable.Range(0, 20)]).Count);
        var found = Find(graph, options);
        Assert.Equal(groups, found.Count);
        Assert.Equal(20, found[0].Members.Count);
    }

    [Theory]
    [InlineData(7, 1)]
    [InlineData(8, 2)]
    public void Find_CommunityOfTheFewestParties_IsAGroup(int size, int groups)
    {
        var graph = new SightingSet(Accounts).Share(Enumerable.Range(0, size), 1, 10).Share(Enumerable.Range(100, 20), 50, 10).Build();
        Assert.Equal(groups, Find(graph).Count);
    }

    [Fact]
    public void Find_Groups_AreDistinctAndTheLargestComesFirst()
    {
        var groups = Find(PlantedSightings(5, 8).Build());
        Assert.InRange(groups.Count, 5, 500);
        var sizes = groups.Select(static group => group.Members.Count).ToList();
        Assert.Equal(sizes.OrderDescending(), sizes);
        foreach (var (index, group) in groups.Index())
        {
            Assert.Equal(group.Members.Order().Distinct(), group.Members);
            Assert.All(groups.Take(index), other => Assert.True(Overlap(group, other) < 0.6));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Find_SightingsInAnotherOrder_GivesTheSame(ulong seed)
    {
        var set = PlantedSightings(seed, 4);
        var expected = Find(set.Build()).Select(Describe).ToList();
        var g = new SeededGenerator(seed, 1);
        for (var round = 0; round < 3; round++)
        {
            var order = set.All.ToArray();
            g.Shuffle<ValueSighting>(order);
            Assert.Equal(expected, Find(set.Build(order)).Select(Describe));
        }
    }

    /// <summary>
    /// What many threads find with one memory is what one finds in all communities, first to last or last to first, and what one thread
    /// for each community finds, remembering nothing.
    /// </summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Find_AnyNumberOfThreads_GivesTheSame(ulong seed)
    {
        var graph = PlantedSightings(seed, 4).Build();
        var communities = Communities(graph);
        Assert.InRange(communities.Count, 10, Accounts);
        var expected = FindAlone(graph, communities, isOneSearch: true);
        Assert.Equal(expected.Keys.Order(), FindAlone(graph, [.. communities.AsEnumerable().Reverse()], isOneSearch: true).Keys.Order());
        Assert.Equal(expected.Keys.Order(), FindAlone(graph, communities, isOneSearch: false).Keys.Order());
        for (var round = 0; round < 3; round++)
        {
            var groups = Find(graph);
            Assert.Subset(expected.Keys.ToHashSet(), groups.Select(Describe).ToHashSet());
            Assert.All(expected.Values, alone => Assert.Contains(
                groups, group => group.Members.Count >= alone.Members.Count && Overlap(group, alone) >= 0.6));
        }
    }

    [Fact]
    public void Find_Cancelled_Stops() =>
        Assert.ThrowsAny<OperationCanceledException>(
            () => Grouping.Find(PlantedSightings(1, 4).Build(), SharingView.Template, Options, new CancellationToken(true)));

    private static SightingSet PlantedSightings(ulong seed, int camouflage)
    {
        var g = new SeededGenerator(seed);
        return new SightingSet(Accounts).Scatter(ref g, Accounts).ShareSome(ref g, Planted, 1, 12, 8)
            .Camouflage(ref g, Planted, Accounts, camouflage);
    }

    private static IReadOnlyList<CandidateGroup> Find(SharingGraph graph, GroupingOptions? options = null) =>
        Grouping.Find(graph, SharingView.Template, options ?? Options, TestContext.Current.CancellationToken);

    private static List<List<int>> Communities(SharingGraph graph)
    {
        var level = LouvainLevel.From(graph, Options.MinLoad, Options.MaxParties);
        return [.. Grouping.Communities(level, Accounts, Options, TestContext.Current.CancellationToken)];
    }

    private static Dictionary<string, CandidateGroup> FindAlone(SharingGraph graph, List<List<int>> communities, bool isOneSearch)
    {
        var search = Search();
        var groups = communities.SelectMany(community => (isOneSearch ? search : Search()).Find(community));
        return groups.DistinctBy(Describe).ToDictionary(Describe);

        GroupSearch Search() => new(graph, SharingView.Template, Options, new());
    }

    private static double Overlap(CandidateGroup first, CandidateGroup second)
    {
        var common = first.Members.Intersect(second.Members).Count();
        return (double)common / (first.Members.Count + second.Members.Count - common);
    }

    private static string Describe(CandidateGroup group) => string.Join(
        ' ',
        string.Join(',', group.Members),
        string.Join(',', group.Scores.Select(static score => score.ToString("R", CultureInfo.InvariantCulture))),
        string.Join(',', group.Core),
        string.Join(',', group.Nearby),
        group.Parties.ToString(CultureInfo.InvariantCulture));
}
