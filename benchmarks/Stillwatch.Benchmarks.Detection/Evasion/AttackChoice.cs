namespace Stillwatch.Benchmarks.Detection.Evasion;

/// <summary>What an operator has chosen on every axis. The defaults are the plain campaign that hides nothing.</summary>
internal sealed record AttackChoice
{
    /// <summary>How many times the accounts, for the same volume a day; each account then does as many times less.</summary>
    public int Accounts { get; init; } = 1;

    /// <summary>How many times the days, with the same accounts; each then does as many times less a day.</summary>
    public int Days { get; init; } = 1;

    /// <summary>Whether every account has a payment and a mailbox of its own.</summary>
    public bool OwnPayments { get; init; }

    /// <summary>Whether every account has residential addresses of its own; otherwise five share an address in a rack.</summary>
    public bool Residential { get; init; }

    /// <summary>How alike programs and request parameters are: one, few or any.</summary>
    public string Programs { get; init; } = "one";

    /// <summary>0 one wrapper; 1 one of some ten thousand for each prompt; 2 edited prompts and other languages as well.</summary>
    public int Wording { get; init; }

    /// <summary>Share of an account's traffic that does not serve the campaign, 0 to below 1.</summary>
    public double Cover { get; init; }

    /// <summary>How exchanges are divided among accounts: even, random or skewed.</summary>
    public string Loads { get; init; } = "even";

    /// <summary>Round the clock from one queue, or at human hours.</summary>
    public string Hours { get; init; } = "always_on";

    /// <summary>Random delay of each session in hours.</summary>
    public double DelayHours { get; init; }

    /// <summary>When accounts are registered: burst, spread or aged.</summary>
    public string Age { get; init; } = "burst";

    /// <summary>Requests after which an account is given up; 0 is never.</summary>
    public int Rotation { get; init; }

    /// <summary>The composer's family: which says how far an account keeps to topics of its own.</summary>
    public string Family { get; init; } = "hydra_plain";

    /// <summary>Independent operations with wrappers, racks and cards of their own.</summary>
    public int Cells { get; init; } = 1;
}
