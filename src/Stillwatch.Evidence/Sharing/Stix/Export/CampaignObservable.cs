namespace Stillwatch.Evidence.Sharing.Stix.Export;

/// <summary>Something a campaign was seen to use that others can look for.</summary>
/// <param name="Campaign">The campaign's name in the findings.</param>
/// <param name="Type">ipv4-addr, ipv6-addr, autonomous-system, domain-name, software, or x-match-token.</param>
/// <param name="Value">The address or CIDR range, the number, the name, the token.</param>
/// <param name="Accounts">How many accounts of the campaign were seen to use it.</param>
/// <param name="TokenKind">Of a token: what it is the token of.</param>
/// <param name="Epoch">Of a token: the epoch of its key.</param>
public sealed record CampaignObservable(
    string Campaign, string Type, string Value, int Accounts, string? TokenKind = null, string? Epoch = null);
