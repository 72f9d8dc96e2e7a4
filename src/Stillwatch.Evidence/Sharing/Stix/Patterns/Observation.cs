namespace Stillwatch.Evidence.Sharing.Stix.Patterns;

/// <summary>Something seen at one time.</summary>
/// <param name="Comparison">What it is like.</param>
public sealed record Observation(ComparisonExpression Comparison) : ObservationExpression;
