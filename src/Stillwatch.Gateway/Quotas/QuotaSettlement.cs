namespace Stillwatch.Gateway.Quotas;

/// <summary>What settling did.</summary>
/// <param name="Outcome">Whether the reservation was still open.</param>
/// <param name="ExcessInputTokens">Input tokens used beyond the reservation; charged, since they were spent.</param>
/// <param name="ExcessOutputTokens">Output tokens used beyond the reservation; charged, since they were spent.</param>
public readonly record struct QuotaSettlement(SettlementOutcome Outcome, long ExcessInputTokens, long ExcessOutputTokens);
