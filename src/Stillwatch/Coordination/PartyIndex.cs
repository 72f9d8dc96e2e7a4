using Stillwatch.Profiles;

namespace Stillwatch.Coordination;

/// <summary>Finds out which accounts belong together by declaration.</summary>
public static class PartyIndex
{
    /// <summary>The parties of the accounts: each declared organization is one, each account without is one.</summary>
    public static AccountParties Of(AccountProfiles profiles)
    {
        ArgumentNullException.ThrowIfNull(profiles);
        var (party, identity) = (new int[profiles.Count], new ulong[profiles.Count]);
        var organizations = new Dictionary<ulong, int>();
        var count = 0;
        for (var account = 0; account < profiles.Count; account++)
        {
            var organization = profiles[account].Organization;
            identity[account] = profiles[account].Account;
            if (organization == 0)
            {
                party[account] = count++;
            }
            else if (!organizations.TryGetValue(organization, out party[account]))
            {
                organizations[organization] = party[account] = count++;
            }
        }

        return new AccountParties(party, identity, count);
    }
}
