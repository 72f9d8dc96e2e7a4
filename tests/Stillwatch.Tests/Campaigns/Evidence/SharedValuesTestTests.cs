using Stillwatch.Campaigns.Evidence;
using Stillwatch.Coordination;
using Stillwatch.Statistics;
using Stillwatch.Tests.Statistics;

namespace Stillwatch.Tests.Campaigns.Evidence;

/// <summary>Random accounts share rare values as often as their numbers have it.</summary>
public sealed class SharedValuesTestTests
{
    private const int Population = 3_000;

    /// <summary>The most accounts behind one value, members of a group.</summary>
    public static TheoryData<int, int> Habits => new() { { 2, 20 }, { 2, 60 }, { 6, 30 }, { 30, 20 }, { 30, 60 }, { 30, 200 } };

    [Theory]
    [MemberData(nameof(Habits))]
    public void Test_RandomMembers_IsCalibrated(int most, int members)
    {
        var seed = (ulong)(most + members);
        var g = new SeededGenerator(seed, stream: 1);
        var graph = Graph(ref g, most);
        AssertCalibrated(seed, (ref draws) => Chance(graph, Draw(members, Population, ref draws)));
    }

    /// <summary>
    /// All members come from one country, where the country's values are: half of all accounts, or a tenth, who share ten times as much.
    /// </summary>
    [Theory]
    [InlineData(2, 2, 40)]
    [InlineData(2, 6, 40)]
    [InlineData(2, 30, 40)]
    [InlineData(5, 2, 40)]
    [InlineData(10, 2, 12)]
    [InlineData(10, 2, 40)]
    public void Test_MembersOfOneCountry_IsCalibrated(int countries, int most, int members)
    {
        var seed = (ulong)(countries + most + members);
        var g = new SeededGenerator(seed, stream: 1);
        var graph = Graph(ref g, most, countries);
        AssertCalibrated(seed, (ref draws) => Chance(graph, Draw(members, Population / countries, ref draws)));
    }

    /// <summary>Carriers, campuses and exits with hundreds of accounts behind one address.</summary>
    [Fact]
    public void Test_MembersBehindPopularAddresses_ShareNothing()
    {
        var g = new SeededGenerator(1);
        var graph = Graph(ref g, 6, 1, popular: 300);
        var behind = Enumerable.Range(0, 40).ToList();
        Assert.Null(SharedValuesTest.Test(graph, behind, SharedValueKind.ToolSet));
        var popular = Enumerable.Range(0, graph.ValueCount).Single(value => graph.Value(value).Parties >= 300);
        Assert.DoesNotContain(popular, SharedValuesTest.Test(graph, behind, SharedValueKind.Address)!.Values);
    }

    [Fact]
    public void Test_AccountsOfOneParty_ShareNothingWithEachOther()
    {
        var party = Enumerable.Range(0, 100).Select(static account => account < 10 ? 0 : account - 9).ToArray();
        var builder = new SharingGraphBuilder(new(party, [.. Enumerable.Range(1, 100).Select(static i => (ulong)i)], 91));
        for (var account = 0; account < 11; account++)
        {
            builder.Add(new(account, SharedValueKind.Payment, 5, 1));
        }

        var graph = builder.Build();
        Assert.Equal(0, SharedValuesTest.Test(graph, [.. Enumerable.Range(0, 10)], SharedValueKind.Payment)!.Common.Excess);
        var shared = SharedValuesTest.Test(graph, [.. Enumerable.Range(0, 11)], SharedValueKind.Payment)!;
        Assert.Equal((2, 2, 1), (shared.Sharing, shared.Parties, shared.Values.Count));
    }

    [Fact]
    public void Test_MembersWhoShareCards_IsDetected()
    {
        NullCalibration.AssertDetects(2, static (ref g) =>
        {
            var builder = Builder(ref g, 6, 1, 0);
            for (var member = 0; member < 24; member++)
            {
                builder.Add(new(member, SharedValueKind.Address, (ulong)(1_000_000 + (member / 4)), 1));
            }

            return Chance(builder.Build(), [.. Enumerable.Range(0, 24)]);
        }, 1e-5, 0.99, 50);
    }

    private static void AssertCalibrated(ulong seed, NullCalibration.Draw<PValue> chance) =>
        EvidenceCalibration.AssertKept(seed, 10_000, chance, PToECalibrator.Mixture);

    private static PValue Chance(SharingGraph graph, List<int> members) =>
        new ExcessNull(5).ChanceOf(SharedValuesTest.Test(graph, members, SharedValueKind.Address)!.Common);

    private static SharingGraph Graph(ref SeededGenerator g, int most, int countries = 1, int popular = 0) =>
        Builder(ref g, most, countries, popular).Build();

    /// <summary>Each account has an address or two within its country; most addresses have two users, few have many.</summary>
    private static SharingGraphBuilder Builder(ref SeededGenerator g, int most, int countries, int popular)
    {
        var identities = Enumerable.Range(1, Population).Select(static i => (ulong)i * 7919).ToArray();
        var builder = new SharingGraphBuilder(new([.. Enumerable.Range(0, Population)], identities, Population));
        var (value, size) = (0UL, Population / countries);
        for (var country = 0; country < countries; country++)
        {
            for (var left = size; left > 0; value++)
            {
                var users = 2 + (int)((most - 1) * Math.Pow(g.NextDouble(), 4));
                foreach (var user in Draw(users, size, ref g))
                {
                    builder.Add(new((country * size) + user, SharedValueKind.Address, value + 1, 0.5f));
                }

                left -= users;
            }
        }

        for (var account = 0; account < popular; account++)
        {
            builder.Add(new(account, SharedValueKind.Address, ulong.MaxValue, 0.5f));
        }

        return builder;
    }

    private static List<int> Draw(int count, int below, ref SeededGenerator g)
    {
        var drawn = new HashSet<int>();
        while (drawn.Count < count)
        {
            drawn.Add(g.Next(below));
        }

        return [.. drawn.Order()];
    }
}
