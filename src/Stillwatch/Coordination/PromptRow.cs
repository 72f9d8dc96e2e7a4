using Stillwatch.Sketching;

namespace Stillwatch.Coordination;

/// <summary>The stored sketch of one interaction, as the tests read it.</summary>
/// <param name="ObservedAtMs">When it arrived, in milliseconds since 1970-01-01T00:00:00Z.</param>
/// <param name="Prompt">Fingerprint of the prompt.</param>
/// <param name="Opening">Fingerprint of the conversation's first message; 0 if the request stands alone.</param>
/// <param name="System">Fingerprint of the system prompt.</param>
/// <param name="Tools">Fingerprint of the set of tools.</param>
/// <param name="Phrases">Phrases of the prompt.</param>
/// <param name="Words">Content words of the prompt.</param>
/// <param name="Elicitation">What it asks the model to give away.</param>
public sealed record PromptRow(
    long ObservedAtMs, ulong Prompt, ulong Opening, ulong System, ulong Tools, ulong[] Phrases, uint[] Words, Elicitation Elicitation);
