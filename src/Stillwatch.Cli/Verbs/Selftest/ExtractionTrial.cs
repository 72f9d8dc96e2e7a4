namespace Stillwatch.Cli.Verbs.Selftest;

/// <summary>One attack on one defence.</summary>
/// <param name="Attack">The attack.</param>
/// <param name="Defence">What is done about it.</param>
/// <param name="Factor">Prompts, as a multiple of what suffices undefended.</param>
/// <param name="Dimension">The hidden dimension that was found; null for none.</param>
/// <param name="Gap">The fall of singular values by which it was.</param>
/// <param name="Coverage">The share of logits that could be read.</param>
/// <param name="Queries">Requests it took.</param>
internal sealed record ExtractionTrial(
    string Attack, string Defence, int Factor, int? Dimension, double Gap, double Coverage, long Queries)
{
    private const double LittleError = 0.1;
    private const double VisibleGap = 2;
    private const double ManyLogits = 0.5;

    /// <summary>Whether the defence is part of the policy, not an experiment.</summary>
    public bool IsPolicy => Defence is not (ExtractionSelftest.Undefended or ExtractionSelftest.NoiseAlone);

    /// <summary>Whether the attacker is told the dimension, so that it finds none.</summary>
    public bool IsTold { get; init; }

    /// <summary>The model's hidden dimension; null where nobody has told.</summary>
    public int? TrueDimension { get; init; }

    /// <summary>How far the recovered layer is off, as a share of its own size; 1 is nothing recovered. Null if not known.</summary>
    public double? LayerError { get; init; }

    /// <summary>The cosine between the true layer and the recovered one, aligned as well as can be.</summary>
    public double? Cosine => LayerError is { } error ? Math.Sqrt(Math.Max(0, 1 - (error * error))) : null;

    /// <summary>
    /// Whether the attack got what it wants: the dimension, plainly to be seen, or the layer. Of a model that is not known here that
    /// cannot be said; then it does if it reads logits at all.
    /// </summary>
    public bool Succeeds => TrueDimension is null
        ? Coverage >= ManyLogits
        : (Dimension == TrueDimension && Gap >= VisibleGap) || LayerError < LittleError;
}
