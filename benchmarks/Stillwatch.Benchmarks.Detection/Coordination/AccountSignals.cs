namespace Stillwatch.Benchmarks.Detection.Coordination;

/// <summary>What per-key rules know of one account. Shares and scores lie in [0, 1].</summary>
internal sealed record AccountSignals
{
    /// <summary>Interactions.</summary>
    public required int Interactions { get; init; }

    /// <summary>The most interactions in one clock minute.</summary>
    public required int MostInMinute { get; init; }

    /// <summary>The most interactions in one clock hour.</summary>
    public required int MostInHour { get; init; }

    /// <summary>Tokens a day, over the days on which the account was active.</summary>
    public required double TokensPerDay { get; init; }

    /// <summary>Coefficient of variation of the gaps between interactions; not a number below three interactions.</summary>
    public required double GapVariation { get; init; }

    /// <summary>Share of interactions by a plain HTTP library.</summary>
    public required double PlainLibrary { get; init; }

    /// <summary>Share of interactions from rented servers.</summary>
    public required double Hosting { get; init; }

    /// <summary>Share of interactions from China.</summary>
    public required double China { get; init; }

    /// <summary>Share of interactions that give the model a role first.</summary>
    public required double RolePreamble { get; init; }

    /// <summary>Share of interactions that ask for the reasoning.</summary>
    public required double Reasoning { get; init; }

    /// <summary>Whether the model asked most in the later half is not the one asked most in the earlier half.</summary>
    public required bool Pivots { get; init; }

    /// <summary>Share of interactions within a second of another account's from the same network.</summary>
    public required double Coincident { get; init; }

    /// <summary>Accounts with the same payment instrument or, of the client addresses used, the most on one; itself counts.</summary>
    public required int Cluster { get; init; }
}
