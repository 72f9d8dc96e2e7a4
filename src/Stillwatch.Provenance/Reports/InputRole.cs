namespace Stillwatch.Provenance.Reports;

/// <summary>What a file is to a lineage test; written as the value's name with a small first letter.</summary>
public enum InputRole
{
    /// <summary>What the suspect said.</summary>
    Outputs,

    /// <summary>The text whose words are the ids.</summary>
    Words,

    /// <summary>Texts by a model that knows nothing of the key.</summary>
    Reference,

    /// <summary>Our own marked texts that the suspect is thought to have been trained on.</summary>
    Marked,

    /// <summary>The suspect's next-token probabilities after contexts.</summary>
    Probabilities,

    /// <summary>A reference's probabilities after the same contexts.</summary>
    ReferenceProbabilities,

    /// <summary>A supposed teacher's answers.</summary>
    Teacher,

    /// <summary>Answers of a model of other descent.</summary>
    Control,

    /// <summary>The suspect's logits, or log-probabilities, over the whole vocabulary.</summary>
    Logits,

    /// <summary>Our own model's.</summary>
    OwnLogits,

    /// <summary>What the suspect was asked; kept for the record, no figure follows from it.</summary>
    Prompts,
}
