namespace Stillwatch.Provenance.Lineage;

/// <summary>
/// What a model that knows nothing of the key says comes next: the control variate that takes the language out of a lineage test.
/// </summary>
/// <remarks>
/// Any function of contexts that does not depend on the key keeps the test exact; the nearer it is to the suspect without the mark, the
/// stronger the test. In use: the own model without its mark, the suspect's public base, a student trained on unmarked outputs.
/// </remarks>
public interface IReferenceModel
{
    /// <summary>Tokens of the vocabulary.</summary>
    int Vocabulary { get; }

    /// <summary>Fills in the probability of each token after a context of the scheme's width.</summary>
    /// <param name="context">The ids, oldest first.</param>
    /// <param name="probabilities">One a token.</param>
    void Fill(ReadOnlySpan<int> context, Span<double> probabilities);
}
