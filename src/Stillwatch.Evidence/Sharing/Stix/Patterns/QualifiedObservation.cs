namespace Stillwatch.Evidence.Sharing.Stix.Patterns;

/// <summary>An observation that has to come in time, or several times.</summary>
/// <param name="Operand">The observation.</param>
/// <param name="Qualifier">WITHIN, REPEATS or START.</param>
/// <param name="Values">Seconds; times; or beginning and end.</param>
public sealed record QualifiedObservation(ObservationExpression Operand, string Qualifier, IReadOnlyList<PatternLiteral> Values)
    : ObservationExpression;
