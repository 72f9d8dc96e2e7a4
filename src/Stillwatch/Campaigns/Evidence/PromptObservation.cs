using Stillwatch.Sketching;

namespace Stillwatch.Campaigns.Evidence;

/// <summary>What the tests see of one prompt.</summary>
/// <param name="ObservedAtMs">When it arrived, in milliseconds since 1970-01-01T00:00:00Z.</param>
/// <param name="Prompt">Its text as a fingerprint; equal for equal texts.</param>
/// <param name="Opening">The conversation it continues; 0 if it stands alone.</param>
/// <param name="Words">Its content words, ascending.</param>
/// <param name="Elicitation">What it asks the model to give away.</param>
public readonly record struct PromptObservation(
    long ObservedAtMs, ulong Prompt, ulong Opening, uint[] Words, Elicitation Elicitation);
