namespace Stillwatch.Campaigns.Indicators;

/// <summary>What of an account an indicator can look at.</summary>
public enum IndicatorAttribute
{
    /// <summary>The account itself.</summary>
    Account,

    /// <summary>A client address.</summary>
    Address,

    /// <summary>A client network: /24 of IPv4, /48 of IPv6.</summary>
    Network,

    /// <summary>The number of the autonomous system it comes from.</summary>
    AutonomousSystem,

    /// <summary>The domain of its registration's mail address.</summary>
    EmailDomain,

    /// <summary>The User-Agent header it sends.</summary>
    Agent,
}
