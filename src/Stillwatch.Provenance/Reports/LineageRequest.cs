namespace Stillwatch.Provenance.Reports;

/// <summary>All that a report follows from but the secrets.</summary>
public sealed record LineageRequest
{
    /// <summary>What the suspect is called.</summary>
    public required string Suspect { get; init; }

    /// <summary>Name, version and runtime of the program.</summary>
    public required string Software { get; init; }

    /// <summary>When the report was made.</summary>
    public required string MadeAt { get; init; }

    /// <summary>What is tested.</summary>
    public required LineageSettings Settings { get; init; }

    /// <summary>The inputs, named as in the report.</summary>
    public required IReadOnlyList<ReportInput> Inputs { get; init; }

    /// <summary>The key that is to sign the report's list of files; null for nobody.</summary>
    public string? SignedBy { get; init; }

    /// <summary>What was committed when.</summary>
    public IReadOnlyList<Precommitment> Precommitments { get; init; } = [];
}
