using Stillwatch.Coordination;
using Stillwatch.Statistics;

namespace Stillwatch.Tests.Coordination;

/// <summary>Who uses what, each pair once, and the graphs of it.</summary>
/// <param name="party">The party of each account, numbered from 0.</param>
internal sealed class SightingSet(int[] party)
{
    private const ulong FirstScattered = 1_000_000;

    private readonly HashSet<(int Account, SharedValueKind Kind, ulong Hash)> _known = [];
    private readonly List<ValueSighting> _all = [];

    /// <summary>Accounts of which each is a party of its own.</summary>
    public SightingSet(int accounts)
        : this([.. Enumerable.Range(0, accounts)])
    {
    }

    public AccountParties Parties { get; } =
        new(party, [.. Enumerable.Range(1, party.Length).Select(static i => (ulong)i)], party.Max() + 1);

    public IReadOnlyList<ValueSighting> All => _all;

    /// <summary>Accounts with organizations among them, and values of several kinds with one to many users; popular ones too.</summary>
    public static SightingSet Random(ref SeededGenerator g, int accounts, int organizations, int values)
    {
        var party = new int[accounts];
        var next = organizations;
        for (var account = 0; account < accounts; account++)
        {
            party[account] = g.Next(3) == 0 ? g.Next(organizations) : next++;
        }

        var set = new SightingSet(party);
        SharedValueKind[] kinds = [SharedValueKind.Phrase, SharedValueKind.ToolSet, SharedValueKind.Payment];
        for (var value = 0; value < values; value++)
        {
            var hash = ((ulong)(value / 3) << 3) | (1 + ((ulong)(value / 3) % 7));
            for (var left = 1 + g.Next(value % 5 == 0 ? accounts / 5 : 12); left > 0; left--)
            {
                set.Add(g.Next(accounts), hash, 1 - (float)(0.9 * g.NextDouble()), kinds[value % 3]);
            }
        }

        return set;
    }

    /// <summary>Adds a sighting unless the pair is there.</summary>
    public void Add(int account, ulong value, float share = 1, SharedValueKind kind = SharedValueKind.ToolSet)
    {
        if (_known.Add((account, kind, value)))
        {
            _all.Add(new(account, kind, value, share));
        }
    }

    /// <summary>Each of the accounts uses each of the values.</summary>
    public SightingSet Share(IEnumerable<int> accounts, ulong first, int values, float share = 1)
    {
        foreach (var account in accounts)
        {
            for (var i = 0; i < values; i++)
            {
                Add(account, first + (ulong)i, share);
            }
        }

        return this;
    }

    /// <summary>Each of the accounts uses a random choice of the values.</summary>
    public SightingSet ShareSome(ref SeededGenerator g, IEnumerable<int> accounts, ulong first, int values, int each)
    {
        foreach (var account in accounts)
        {
            var choice = Enumerable.Range(0, values).ToArray();
            g.Shuffle<int>(choice);
            foreach (var value in choice.AsSpan(0, each))
            {
                Add(account, first + (ulong)value);
            }
        }

        return this;
    }

    /// <summary>Values of which each has two to <paramref name="most"/> users, drawn from all accounts.</summary>
    public SightingSet Scatter(ref SeededGenerator g, int values, int most = 6)
    {
        for (var value = 0; value < values; value++)
        {
            for (var left = 2 + g.Next(most - 1); left > 0; left--)
            {
                Add(g.Next(Parties.Party.Length), FirstScattered + (ulong)value);
            }
        }

        return this;
    }

    /// <summary>Each of the accounts also uses some of <paramref name="values"/> scattered values.</summary>
    public SightingSet Camouflage(ref SeededGenerator g, IEnumerable<int> accounts, int values, int each) =>
        ShareSome(ref g, accounts, FirstScattered, values, each);

    public SharingGraph Build() => Build(_all);

    /// <summary>The graph of the sightings in another order.</summary>
    public SharingGraph Build(IEnumerable<ValueSighting> sightings)
    {
        var builder = new SharingGraphBuilder(Parties);
        foreach (var sighting in sightings)
        {
            builder.Add(sighting);
        }

        return builder.Build();
    }
}
