using Stillwatch.Profiles;

namespace Stillwatch.Coordination;

/// <summary>Builds the graph of who comes from the same places and pays with the same instruments.</summary>
public static class InfrastructureGraph
{
    /// <summary>The graph of all accounts.</summary>
    public static SharingGraph Build(AccountProfiles profiles, AccountParties parties)
    {
        ArgumentNullException.ThrowIfNull(profiles);
        var builder = new SharingGraphBuilder(parties);
        for (var account = 0; account < profiles.Count; account++)
        {
            ref readonly var profile = ref profiles[account];
            Add(builder, account, SharedValueKind.Payment, profile.Payment);
            Add(builder, account, SharedValueKind.EmailDomain, profile.EmailDomain);
        }

        AddClients(builder, profiles);
        return builder.Build();
    }

    private static void Add(SharingGraphBuilder builder, int account, SharedValueKind kind, ulong hash)
    {
        if (hash != 0)
        {
            builder.Add(new ValueSighting(account, kind, hash, 1));
        }
    }

    /// <summary>Ways in, which come ordered by account.</summary>
    private static void AddClients(SharingGraphBuilder builder, AccountProfiles profiles)
    {
        var (addresses, networks, clients) = (new List<(ulong Hash, long Uses)>(), new List<(ulong, long)>(), new List<(ulong, long)>());
        for (var i = 0; i < profiles.Clients.Count; i++)
        {
            var use = profiles.Clients[i];
            addresses.Add((use.Address, use.Interactions));
            networks.Add((use.Network, use.Interactions));
            clients.Add((use.Client, use.Interactions));
            if (i + 1 == profiles.Clients.Count || profiles.Clients[i + 1].Account != use.Account)
            {
                var all = profiles[use.Account].Interactions;
                Add(builder, use.Account, SharedValueKind.Address, addresses, all);
                Add(builder, use.Account, SharedValueKind.Network, networks, all);
                Add(builder, use.Account, SharedValueKind.Client, clients, all);
            }
        }
    }

    /// <summary>Adds each value of one kind once, and clears the list.</summary>
    private static void Add(
        SharingGraphBuilder builder, int account, SharedValueKind kind, List<(ulong Hash, long Uses)> values, long interactions)
    {
        values.Sort(static (left, right) => left.Hash.CompareTo(right.Hash));
        for (var (i, uses) = (0, 0L); i < values.Count; i++)
        {
            uses += values[i].Uses;
            if (i + 1 == values.Count || values[i + 1].Hash != values[i].Hash)
            {
                if (values[i].Hash != 0)
                {
                    builder.Add(new ValueSighting(account, kind, values[i].Hash, (float)uses / interactions));
                }

                uses = 0;
            }
        }

        values.Clear();
    }
}
