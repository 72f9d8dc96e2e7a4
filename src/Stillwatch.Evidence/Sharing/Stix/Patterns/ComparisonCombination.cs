namespace Stillwatch.Evidence.Sharing.Stix.Patterns;

/// <summary>Comparisons of which all, or at least one, hold.</summary>
/// <param name="IsConjunction">AND, else OR.</param>
/// <param name="Operands">Two or more.</param>
public sealed record ComparisonCombination(bool IsConjunction, IReadOnlyList<ComparisonExpression> Operands) : ComparisonExpression;
