namespace Stillwatch.Provenance.Reports;

/// <summary>What is tested, and how: all but the inputs and the secrets.</summary>
public sealed record LineageSettings
{
    /// <summary>The accepted probability of even one false finding in the report, above 0 and below 1; default 1e-6.</summary>
    public double Level { get; init; } = 1e-6;

    /// <summary>Tokens of a context of the marks, 0 to 4.</summary>
    public int Width { get; init; } = 2;

    /// <summary>Ids of the vocabulary of words, where the inputs are texts.</summary>
    public int Vocabulary { get; init; } = 5000;

    /// <summary>The keys under which the suspect is tested; each costs its share of the level.</summary>
    public IReadOnlyList<MarkReference> Marks { get; init; } = [];

    /// <summary>The book of canaries; null for no such test.</summary>
    public BookReference? Canaries { get; init; }
}
