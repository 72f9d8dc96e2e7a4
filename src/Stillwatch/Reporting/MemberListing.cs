using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace Stillwatch.Reporting;

/// <summary>Which members the page lists: all if <see cref="ReportBounds.MemberBytes"/> allows, else a fair part of each.</summary>
internal static class MemberListing
{
    /// <summary>Encodes what has a meaning in HTML or in a script, so that the text may stand in an element of the page.</summary>
    public static readonly JavaScriptEncoder Encoder = JavaScriptEncoder.Create(UnicodeRanges.All);

    /// <summary>At least the bytes of a row beside the name: brackets, verdict, probability, reason.</summary>
    private const int RowBytes = 32;

    /// <summary>At least the bytes of a volume and three times.</summary>
    private const int DrawnBytes = 48;

    /// <returns>For each campaign the members that the page lists: first those that the picture draws, then the others.</returns>
    public static CampaignMember[][] Of(IReadOnlyList<CampaignReport> campaigns)
    {
        var members = campaigns.Select(campaign => campaign.Members.OrderBy(member => member.Drawn is null).ToArray()).ToArray();
        var costs = Array.ConvertAll(members, list => Array.ConvertAll(list, Cost));
        var allowances = Allowances(Array.ConvertAll(costs, list => list.Sum(cost => (long)cost)));
        return [.. members.Select((list, i) => list[..Affordable(costs[i], allowances[i])])];
    }

    private static int Cost(CampaignMember member) =>
        JsonEncodedText.Encode(HarmlessText.Of(member.Account.Value), Encoder).EncodedUtf8Bytes.Length
        + RowBytes + (member.Drawn is null ? 0 : DrawnBytes);

    /// <summary>Max-min fair: whoever needs less than an equal part leaves the rest to the others.</summary>
    private static long[] Allowances(long[] needs)
    {
        var allowances = new long[needs.Length];
        var (left, claimants) = ((long)ReportBounds.MemberBytes, needs.Length);
        foreach (var i in Enumerable.Range(0, needs.Length).OrderBy(i => needs[i]))
        {
            allowances[i] = Math.Min(needs[i], left / claimants--);
            left -= allowances[i];
        }

        return allowances;
    }

    private static int Affordable(int[] costs, long allowance)
    {
        var count = 0;
        while (count < costs.Length && costs[count] <= allowance)
        {
            allowance -= costs[count++];
        }

        return count;
    }
}
