namespace Stillwatch.Evidence.Sharing.Stix.Patterns;

/// <summary>Observations together.</summary>
/// <param name="Operator">AND, OR or FOLLOWEDBY.</param>
/// <param name="Operands">Two or more.</param>
public sealed record ObservationCombination(string Operator, IReadOnlyList<ObservationExpression> Operands) : ObservationExpression;
