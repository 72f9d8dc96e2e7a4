namespace Stillwatch.Gateway.Ownership;

/// <summary>From which share on an owner's mark passes to what is owned.</summary>
public enum OwnershipThreshold
{
    /// <summary>
    /// Half or more, all marked owners together (OFAC's 50 percent rule, FAQ 398 to 402): exactly half is enough. It speaks of ownership,
    /// not of control.
    /// </summary>
    HalfOrMore,

    /// <summary>More than half, all marked owners together (as in supported-region rules): exactly half is not enough.</summary>
    MoreThanHalf,
}
