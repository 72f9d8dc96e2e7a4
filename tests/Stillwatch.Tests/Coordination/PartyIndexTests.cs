using Stillwatch.Coordination;
using Stillwatch.Profiles;

namespace Stillwatch.Tests.Coordination;

public sealed class PartyIndexTests
{
    [Fact]
    public void Of_AccountsOfOneOrganization_AreOneParty()
    {
        ulong[] organizations = [0, 5, 0, 9, 5, 0, 9, 5];
        var profiles = organizations.Select(static (organization, i) => new AccountProfile
        {
            Account = (ulong)(10 + (7 * i)),
            Interactions = 1,
            FirstMs = 0,
            LastMs = 0,
            Organization = organization,
        });
        var parties = PartyIndex.Of(new([.. profiles], [], []));
        Assert.Equal([0, 1, 2, 3, 1, 4, 3, 1], parties.Party);
        Assert.Equal([10, 17, 24, 31, 38, 45, 52, 59], parties.Identity);
        Assert.Equal(5, parties.Count);
    }

    [Fact]
    public void Of_NoAccounts_HasNoParties() => Assert.Equal(0, PartyIndex.Of(new([], [], [])).Count);
}
