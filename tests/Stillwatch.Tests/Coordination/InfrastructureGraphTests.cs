using Stillwatch.Coordination;
using Stillwatch.Profiles;
using Stillwatch.Statistics;

namespace Stillwatch.Tests.Coordination;

public sealed class InfrastructureGraphTests
{
    private const int Accounts = 240;

    /// <summary>Random ways in, many of them through the same address or network; unknown ones, 0, link nobody.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Build_RandomProfiles_SharesPlacesByTheirShareOfInteractions(ulong seed)
    {
        var g = new SeededGenerator(seed);
        var (profiles, clients) = (new AccountProfile[Accounts], new List<ClientUse>());
        for (var account = 0; account < Accounts; account++)
        {
            var interactions = 0L;
            for (var way = g.Next(6); way >= 0; way--)
            {
                clients.Add(new(account, Draw(ref g, 100), Draw(ref g, 60), Draw(ref g, 40), 1 + g.Next(50)));
                interactions += clients[^1].Interactions;
            }

            profiles[account] = new()
            {
                Account = (ulong)(account + 1),
                Interactions = interactions,
                FirstMs = 0,
                LastMs = 0,
                Organization = (ulong)g.Next(8),
                Payment = Draw(ref g, 60),
                EmailDomain = Draw(ref g, 60),
            };
        }

        AssertSame(profiles, clients, PartyIndex.Of(new(Organized(profiles), clients, [])));
    }

    private static ulong Draw(ref SeededGenerator g, int values) => g.Next(4) == 0 ? 0 : 1 + (ulong)g.Next(values);

    /// <summary>Every other account declares no organization.</summary>
    private static AccountProfile[] Organized(AccountProfile[] profiles) =>
        [.. profiles.Select(static (profile, i) => i % 2 == 0 ? profile : profile with { Organization = 0 })];

    private static void AssertSame(AccountProfile[] profiles, List<ClientUse> clients, AccountParties parties)
    {
        var registered = profiles.SelectMany(static (profile, account) => (ValueSighting[])
            [new(account, SharedValueKind.Payment, profile.Payment, 1), new(account, SharedValueKind.EmailDomain, profile.EmailDomain, 1)]);
        var places = clients.SelectMany(static use => ((SharedValueKind Kind, ulong Hash)[])
                [(SharedValueKind.Address, use.Address), (SharedValueKind.Network, use.Network), (SharedValueKind.Client, use.Client)],
            static (use, place) => (use.Account, place.Kind, place.Hash, use.Interactions));
        var sightings = places.GroupBy(static place => (place.Account, place.Kind, place.Hash)).Select(group => new ValueSighting(
            group.Key.Account,
            group.Key.Kind,
            group.Key.Hash,
            (float)((double)group.Sum(static place => place.Interactions) / profiles[group.Key.Account].Interactions)));
        var builder = new SharingGraphBuilder(parties);
        foreach (var sighting in registered.Concat(sightings).Where(static sighting => sighting.Hash != 0))
        {
            builder.Add(sighting);
        }

        var (expected, graph) = (builder.Build(), InfrastructureGraph.Build(new(profiles, clients, []), parties));
        Assert.InRange(graph.ValueCount, 50, 500);
        Assert.Contains(Enumerable.Range(0, graph.ValueCount), value => graph.Value(value).Weight > 0);
        Assert.Equal(expected.ValueCount, graph.ValueCount);
        Assert.All(Enumerable.Range(0, graph.ValueCount), value => Assert.Equal(expected.Value(value), graph.Value(value)));
        for (var account = 0; account < Accounts; account++)
        {
            var (slow, built) = (expected.UsesOf(account).ToArray(), graph.UsesOf(account).ToArray());
            Assert.Equal(slow.Select(static use => use.Value), built.Select(static use => use.Value));
            Assert.All(slow.Zip(built), static pair => Assert.Equal(pair.First.Load, pair.Second.Load, 1e-5));
        }
    }
}
