namespace Stillwatch.Gateway.Quotas.Leases;

/// <summary>How the authority took a message.</summary>
public enum LeaseReplyStatus
{
    /// <summary>It counts; the slices are the node's until the lease ends.</summary>
    Renewed,

    /// <summary>The authority was started anew: the node says everything again with the epoch of the reply.</summary>
    OtherEpoch,

    /// <summary>A later message has arrived before; nothing changed.</summary>
    Outdated,

    /// <summary>The lease has ended, and what was lent is charged. The node spends no more of it and begins another.</summary>
    Ended,
}
