using static Stillwatch.Campaigns.Reasons.AtlasTechniques;

namespace Stillwatch.Campaigns.Reasons;

/// <summary>Reasons that come from others and not from the log.</summary>
internal static class ReferralDefinitions
{
    public static IReadOnlyList<ReasonDefinition> All { get; } = [Partner()];

    private static ReasonDefinition Partner() => new()
    {
        Code = ReasonCodes.PartnerIndicator,
        Title = "Named by a partner",
        Role = ReasonRole.Referral,
        Meaning = "The account used, while the indicator was valid, what others shared as used by a campaign that harvests models: an "
            + "address or range, an autonomous system, a mail domain, a client, or a value matched in private.",
        Test = "No test. The indicator's pattern holds for what the account used. Revoked and expired indicators do nothing, nor do those "
            + "that more parties deny than confirm, nor those that hold for more than 1 % of all accounts (and more than 50).",
        NullHypothesis = "None.",
        CannotMean = "It is no evidence of this log. Others err, and can be made to err; addresses and networks are shared by strangers. "
            + "However many name it, it raises an account to review, never to restrict or block.",
        Answer = "How the account came by what it shares with the campaign; or that the indicator is wrong, which then goes back to "
            + "whoever shared it as a sighting with a count of zero.",
        Signals = ProviderSignals.Of(3, 20),
        Techniques = [ServiceProxies],
    };
}
