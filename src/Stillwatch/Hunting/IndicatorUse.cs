using Stillwatch.Campaigns.Indicators;

namespace Stillwatch.Hunting;

/// <summary>What became of an indicator in a hunt.</summary>
/// <param name="Indicator">The indicator.</param>
/// <param name="Accounts">How many accounts it holds for while it is valid.</param>
/// <param name="IsTooBroad">Whether that is too many to mean anything, so that it did nothing.</param>
public sealed record IndicatorUse(PartnerIndicator Indicator, int Accounts, bool IsTooBroad);
