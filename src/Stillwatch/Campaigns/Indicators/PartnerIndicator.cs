namespace Stillwatch.Campaigns.Indicators;

/// <summary>Something that others shared as used by a campaign, in terms of what a hunt knows of accounts.</summary>
/// <param name="Id">Its name where it was shared.</param>
/// <param name="Sources">Who stated or confirmed it, each once; at least one.</param>
/// <param name="ValidFrom">From when on a match means something.</param>
/// <param name="ValidUntil">Until when, exclusive; null for no end.</param>
/// <param name="Alternatives">It holds for an account if all tests of one of these hold.</param>
public sealed record PartnerIndicator(
    string Id,
    IReadOnlyList<string> Sources,
    DateTimeOffset ValidFrom,
    DateTimeOffset? ValidUntil,
    IReadOnlyList<IReadOnlyList<IndicatorTest>> Alternatives);
