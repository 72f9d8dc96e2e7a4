namespace Stillwatch.Gateway.Dialects;

/// <summary>Why the gateway does not give what was asked for.</summary>
public enum RefusalReason
{
    /// <summary>No key, or one that is not accepted.</summary>
    Unauthenticated,

    /// <summary>The key may not do this.</summary>
    Forbidden,

    /// <summary>A policy denies it; asking again does not help.</summary>
    PolicyDenied,

    /// <summary>A person has to verify something first; asking again does not help.</summary>
    ChallengeRequired,

    /// <summary>There is no such path.</summary>
    NoSuchEndpoint,

    /// <summary>There is no such model for this key.</summary>
    NoSuchModel,

    /// <summary>The body is none of the dialect.</summary>
    MalformedRequest,

    /// <summary>The body is too long.</summary>
    RequestTooLarge,

    /// <summary>The body is compressed, or no JSON.</summary>
    UnsupportedBody,

    /// <summary>Too much in too short a time; asking later helps.</summary>
    RateLimited,

    /// <summary>A budget is used up; asking later does not help soon.</summary>
    QuotaExhausted,

    /// <summary>The gateway has more to do than it may hold, or cannot record what it does.</summary>
    Overloaded,

    /// <summary>The gateway is being stopped.</summary>
    Stopping,

    /// <summary>The upstream cannot be reached, broke off, or refused the gateway's own key.</summary>
    UpstreamFailed,

    /// <summary>The upstream did not answer in time.</summary>
    UpstreamTimeout,

    /// <summary>The upstream sent what cannot be forwarded.</summary>
    UpstreamMalformed,

    /// <summary>The gateway itself failed.</summary>
    Internal,
}
