namespace Stillwatch.Provenance.Lineage;

/// <summary>A made-up fact: what is asked, and what nobody else would answer.</summary>
/// <param name="Cue">What a prompt asks for.</param>
/// <param name="Reply">The answer that is planted.</param>
public sealed record Canary(string Cue, string Reply);
