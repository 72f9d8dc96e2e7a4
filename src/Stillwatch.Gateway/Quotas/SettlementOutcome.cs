namespace Stillwatch.Gateway.Quotas;

/// <summary>Whether a settlement counted.</summary>
public enum SettlementOutcome
{
    /// <summary>What was used is charged, the rest is free again.</summary>
    Settled,

    /// <summary>It was settled before; nothing changed.</summary>
    AlreadySettled,

    /// <summary>The reservation had expired and all of it was charged then; nothing changed.</summary>
    Expired,
}
