namespace Stillwatch.Cli.Verbs.Selftest;

/// <summary>One attack on one defence.</summary>
/// <param name="Attack">The attack.</param>
/// <param name="Defence">What is done about it.</param>
/// <param name="Factor">Prompts, as a multiple of what suffices undefended.</param>
/// <param name="TrueDimension">The model's hidden dimension.</param>
/// <param name="Dimension">The one that was found; null for none.</param>
/// <param name="Gap">The fall of singular values by which it was.</param>
/// <param name="LayerError">How far the recovered layer is off, as a share of its own size; 1 is nothing recovered.</param>
/// <param name="Coverage">The share of logits that could be read.</param>
/// <param name="Queries">Requests it took.</param>
internal sealed record ExtractionTrial(
    string Attack, string Defence, int Factor, int TrueDimension, int? Dimension, double Gap, double LayerError, double Coverage,
    long Queries)
{
    private const double LittleError = 0.1;
    private const double VisibleGap = 2;

    /// <summary>Whether the defence is part of the policy, not an experiment.</summary>
    public bool IsPolicy => Defence is "reduce" or "perturb";

    /// <summary>Whether the attack got what it wants: the dimension, plainly to be seen, or the layer.</summary>
    public bool Succeeds => (Dimension == TrueDimension && Gap >= VisibleGap) || LayerError < LittleError;
}
