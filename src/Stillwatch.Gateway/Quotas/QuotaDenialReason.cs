namespace Stillwatch.Gateway.Quotas;

/// <summary>Why a reservation was not granted.</summary>
public enum QuotaDenialReason
{
    /// <summary>A limit has no room now; it will have.</summary>
    LimitReached,

    /// <summary>A prepaid budget has no room left: it comes back only by a higher cap.</summary>
    BudgetExhausted,

    /// <summary>The request needs more than the limit ever allows.</summary>
    LargerThanLimit,

    /// <summary>The ledger cannot record reservations at present (its disk does not follow); nothing is admitted unrecorded.</summary>
    LedgerUnavailable,

    /// <summary>This node may not spend at present: the authority that lends it budget cannot be reached.</summary>
    AuthorityUnavailable,
}
