namespace Stillwatch.Gateway.Observation;

/// <summary>How an admitted request ended.</summary>
public enum ExchangeOutcome
{
    /// <summary>The upstream's reply reached the client whole.</summary>
    Completed,

    /// <summary>The client went away first.</summary>
    ClientGone,

    /// <summary>The upstream could not be reached.</summary>
    UpstreamUnreachable,

    /// <summary>The upstream did not accept the gateway's own key.</summary>
    UpstreamRefused,

    /// <summary>The upstream broke off.</summary>
    UpstreamReset,

    /// <summary>The upstream was silent for too long.</summary>
    UpstreamTimeout,

    /// <summary>The upstream sent what cannot be forwarded, such as an event longer than the bound.</summary>
    UpstreamMalformed,

    /// <summary>The reservation did not cover more of the reply.</summary>
    Cut,

    /// <summary>The gateway was stopped, and the reply took longer than the time to drain.</summary>
    Stopped,

    /// <summary>The process died before the reply ended; found when the next one began.</summary>
    Interrupted,

    /// <summary>A policy, a switch or a response denied it; nothing was forwarded.</summary>
    Denied,

    /// <summary>The gateway itself failed.</summary>
    Failed,
}
