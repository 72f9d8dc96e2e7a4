namespace Stillwatch.Benchmarks.Detection.Evasion;

/// <summary>What things cost an operator, in dollars.</summary>
/// <remarks>
/// Round assumptions; nobody publishes what accounts with access to a model cost. For scale: merchants sold fraudulent Twitter accounts at
/// 10 to 200 dollars a thousand (Thomas et al., USENIX Security 2013), and residential proxies are offered at about 1 to 5 dollars a
/// gigabyte (vendors' pages, 2026).
/// </remarks>
internal static class AttackPrices
{
    /// <summary>An exchange that serves the campaign: 1,000 tokens out at 15 dollars a million.</summary>
    public const double Exchange = 0.015;

    /// <summary>An exchange of cover: a fifth of that, as it may be short and ask a small model.</summary>
    public const double CoverExchange = 0.003;

    /// <summary>A new account with a verified telephone number.</summary>
    public const double Account = 1;

    /// <summary>An account that is months old.</summary>
    public const double AgedAccount = 5;

    /// <summary>A payment card.</summary>
    public const double Card = 5;

    /// <summary>A hosted address for a fortnight.</summary>
    public const double HostedAddress = 2;

    /// <summary>A gigabyte through residential proxies.</summary>
    public const double ResidentialGigabyte = 5;

    /// <summary>Gigabytes of one exchange with its handshake.</summary>
    public const double GigabytesAnExchange = 20e-6;

    /// <summary>Rewriting a prompt by a small model.</summary>
    public const double Rewriting = 0.0005;

    /// <summary>Setting up an operation of its own: an hour of work.</summary>
    public const double Operation = 50;
}
