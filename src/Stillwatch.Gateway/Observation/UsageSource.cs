namespace Stillwatch.Gateway.Observation;

/// <summary>Who counted the tokens of an interaction.</summary>
public enum UsageSource
{
    /// <summary>The upstream, in its reply.</summary>
    Upstream,

    /// <summary>The gateway: the upstream's count never came, as after a disconnect.</summary>
    Gateway,
}
