namespace Stillwatch.Evidence.Sharing.Stix.Patterns;

/// <summary>One property compared with constants.</summary>
/// <param name="Path">The property.</param>
/// <param name="Operator">=, !=, &lt;, &lt;=, &gt;, &gt;=, IN, LIKE, MATCHES, ISSUBSET, ISSUPERSET or EXISTS.</param>
/// <param name="IsNegated">Whether NOT stands before the operator.</param>
/// <param name="Values">The constants: any number for IN, none for EXISTS, else one.</param>
public sealed record PropertyTest(ObjectPath Path, string Operator, bool IsNegated, IReadOnlyList<PatternLiteral> Values)
    : ComparisonExpression;
