namespace Stillwatch.Gateway.Quotas;

/// <summary>For whom a limit keeps a count of its own; several together count each combination.</summary>
[Flags]
public enum QuotaScope
{
    /// <summary>One count for everybody that the limit matches.</summary>
    None = 0,

    /// <summary>A count for each API key.</summary>
    Key = 1,

    /// <summary>A count for each account.</summary>
    Account = 2,

    /// <summary>A count for each organisation.</summary>
    Organisation = 4,

    /// <summary>A count for each model.</summary>
    Model = 8,

    /// <summary>A count for each region.</summary>
    Region = 16,
}
