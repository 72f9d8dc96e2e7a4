using System.Globalization;
using System.Text;
using Stillwatch.Campaigns;
using Stillwatch.Campaigns.Evidence;
using Stillwatch.Interactions;
using Stillwatch.Sketching;

namespace Stillwatch.Hunting;

/// <summary>A judged campaign with names.</summary>
/// <param name="Id">Its name, from its members and evidence.</param>
/// <param name="Judged">The campaign.</param>
/// <param name="Members">Its members, confirmed ones included, ascending by name.</param>
/// <param name="Nearby">Accounts near it that are worth a look, ascending by name.</param>
internal sealed record NamedCampaign(
    CampaignId Id,
    JudgedCampaign Judged,
    IReadOnlyList<(int Index, AccountId Name)> Members,
    IReadOnlyList<(int Index, AccountId Name)> Nearby)
{
    public static NamedCampaign Of(JudgedCampaign campaign, Population population, IReadOnlyDictionary<ulong, string> names)
    {
        var members = Named(campaign.Members);
        return new NamedCampaign(Identify(campaign, members), campaign, members, Named(campaign.Nearby));

        List<(int Index, AccountId Name)> Named(IEnumerable<int> accounts) => accounts
            .Select(account => (Index: account, Name: Name(population.Profiles[account].Account, names)))
            .OrderBy(account => account.Name.Value, StringComparer.Ordinal).ToList();
    }

    internal static AccountId Name(ulong account, IReadOnlyDictionary<ulong, string> names) =>
        new(names.TryGetValue(account, out var name) ? name : account.ToString("x16", CultureInfo.InvariantCulture));

    private static CampaignId Identify(JudgedCampaign campaign, List<(int Index, AccountId Name)> members)
    {
        var hash = XxHash64.Hash(Encoding.UTF8.GetBytes(string.Join('\n', members.Select(member => member.Name.Value))));
        foreach (var finding in campaign.Group.Findings)
        {
            hash = XxHash64.Hash(Encoding.UTF8.GetBytes(finding.Code), hash);
        }

        return new CampaignId(string.Create(CultureInfo.InvariantCulture, $"campaign-{hash >> 16:x12}"));
    }
}
