namespace Stillwatch.Evaluation;

/// <summary>What one class of accounts got.</summary>
public sealed record ClassAccuracy
{
    /// <summary>The class as the truth names it; "unnamed" for accounts without one.</summary>
    public required string Class { get; init; }

    /// <summary>Accounts restricted or blocked.</summary>
    public required Proportion Acted { get; init; }

    /// <summary>Accounts with any verdict, review included.</summary>
    public required Proportion Flagged { get; init; }
}
