namespace Stillwatch.Provenance.Lineage;

/// <summary>Two canaries drawn alike, of which a fair coin chose one to be planted.</summary>
/// <param name="Published">Planted in outputs.</param>
/// <param name="Withheld">Kept secret; says what a suspect prefers without having seen anything.</param>
public sealed record CanaryPair(Canary Published, Canary Withheld);
