namespace Stillwatch.Provenance.Laboratory;

/// <summary>A language model, as far as a server of it has to know: logits for a context. Safe from any thread.</summary>
public interface ILogitModel
{
    /// <summary>How many tokens there are.</summary>
    int Vocabulary { get; }

    /// <summary>Computes the logits of the token that follows.</summary>
    /// <param name="context">The tokens so far, the latest last; may be empty.</param>
    /// <param name="logits">Takes them; <see cref="Vocabulary"/> long.</param>
    void Logits(ReadOnlySpan<int> context, Span<float> logits);
}
