using System.Globalization;
using Stillwatch.Campaigns;
using Stillwatch.Campaigns.Reasons;

namespace Stillwatch.Reporting;

/// <summary>What would stand without a reason, in sentences.</summary>
internal static class CounterfactualSentences
{
    /// <summary>Two figures of a findings file that differ by less are the same.</summary>
    private const double Same = 0.0015;

    /// <summary>"10^8.9": to a tenth, so that figures on either side of a level can be told apart.</summary>
    public static string Power(double log10) => $"10^{log10.ToString("0.0", CultureInfo.InvariantCulture)}";

    /// <summary>For a reason of a campaign.</summary>
    /// <param name="reason">The reason.</param>
    /// <param name="campaign">Its campaign.</param>
    /// <param name="now">What is advised for the campaign's members.</param>
    public static string OfCampaign(Reason reason, CampaignFinding campaign, Consequence now)
    {
        var role = ReasonCatalogue.Find(reason.Code)?.Role;
        if (reason is not { Log10Without: { } left, VerdictWithout: { } verdict })
        {
            return (role, reason.Log10EValue) switch
            {
                (ReasonRole.Sharing, null) => "It weighs nothing: without it every figure would be the same. But it is how the group was "
                    + "found: without it, these accounts might never have been looked at together.",
                (ReasonRole.Told, _) => "It weighs nothing: without it every figure would be the same.",
                _ => "The findings do not tell what would stand without it; hunt again to learn it.",
            };
        }

        if (role == ReasonRole.Told || (Math.Abs(left - campaign.Log10EValue) < Same && verdict == now))
        {
            return $"Without it the campaign would stand as it does, at {Power(campaign.Log10EValue)}.";
        }

        return verdict == Consequence.Clear
            ? Fallen(role, left, campaign)
            : $"Without it the campaign would still stand at {Power(left)}{Needed(campaign)} and be reported"
                + (verdict < now ? $"; its members would be for {Wording.Name(verdict)} instead of {Wording.Name(now)}." : ".");
    }

    /// <summary>For a reason of an account.</summary>
    public static string OfAccount(Reason reason) => reason.VerdictWithout switch
    {
        Consequence.Clear => "Without it the account would have no verdict.",
        Consequence.Review => "Without it the account would be for review by a person only.",
        { } verdict => $"Without it the account would still be for {Wording.Name(verdict)}.",
        null => "The findings do not tell what would stand without it; hunt again to learn it.",
    };

    /// <summary>The shortest form, for tables; null where the findings do not tell.</summary>
    public static string? InShort(Reason reason, CampaignFinding campaign) => reason switch
    {
        { Log10Without: null } or { VerdictWithout: null } => null,
        { VerdictWithout: Consequence.Clear } => "Without it the campaign would not be reported.",
        { Log10Without: { } left } when Math.Abs(left - campaign.Log10EValue) < Same => null,
        { Log10Without: { } left } => $"Without it: {Power(left)}.",
    };

    private static string Fallen(ReasonRole? role, double left, CampaignFinding campaign) => role == ReasonRole.Gate
        ? "Without it the campaign would not be reported, whatever else speaks for it: both tests of content are needed."
        : $"Without it the campaign would stand at {Power(left)}{Needed(campaign)}, and would not be reported.";

    private static string Needed(CampaignFinding campaign) =>
        campaign.Log10Level is { } level ? $" ({Power(level)} was needed)" : "";
}
