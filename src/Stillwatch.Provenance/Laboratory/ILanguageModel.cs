namespace Stillwatch.Provenance.Laboratory;

/// <summary>A model that says how likely each token comes next: teacher, student or suspect of an experiment.</summary>
public interface ILanguageModel
{
    /// <summary>Tokens of the vocabulary.</summary>
    int Vocabulary { get; }

    /// <summary>Fills in the logit of each token after a context.</summary>
    /// <param name="context">All ids so far, oldest first; may be empty. A model reads as many of the last ones as it can.</param>
    /// <param name="logits">One a token; negative infinity for one that cannot come.</param>
    void FillLogits(ReadOnlySpan<int> context, Span<float> logits);
}
