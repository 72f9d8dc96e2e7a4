using System.Runtime.InteropServices;
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
        var counts = new Dictionary<(SharedValueKind Kind, ulong Hash), long>();
        for (var i = 0; i < profiles.Clients.Count; i++)
        {
            var use = profiles.Clients[i];
            CollectionsMarshal.GetValueRefOrAddDefault(counts, (SharedValueKind.Address, use.Address), out _) += use.Interactions;
            CollectionsMarshal.GetValueRefOrAddDefault(counts, (SharedValueKind.Network, use.Network), out _) += use.Interactions;
            CollectionsMarshal.GetValueRefOrAddDefault(counts, (SharedValueKind.Client, use.Client), out _) += use.Interactions;
            if (i + 1 == profiles.Clients.Count || profiles.Clients[i + 1].Account != use.Account)
            {
                foreach (var ((kind, hash), count) in counts.Where(pair => pair.Key.Hash != 0))
                {
                    builder.Add(new ValueSighting(use.Account, kind, hash, (float)count / profiles[use.Account].Interactions));
                }

                counts.Clear();
            }
        }
    }
}
