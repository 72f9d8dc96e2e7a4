namespace Stillwatch.Evidence.Cases;

/// <summary>What became of a step that somebody wanted to take.</summary>
/// <param name="Number">The case; 0 for a step that is about none.</param>
/// <param name="Index">The entry that records it; null if the step is impossible.</param>
/// <param name="Status">Where the case stands now.</param>
/// <param name="Refusal">Why it is impossible, in a sentence; null if it was taken.</param>
public sealed record CaseOutcome(int Number, ulong? Index, CaseStatus Status, string? Refusal)
{
    /// <summary>
    /// Whether the latest entry said the same before, so that nothing was appended: a step whose acknowledgement was lost can be repeated.
    /// </summary>
    public bool WasThere { get; init; }
}
