namespace Stillwatch.Evidence.Sharing.Stix.Patterns;

/// <summary>What stands between the brackets of an observation (STIX 2.1, 9.6).</summary>
public abstract record ComparisonExpression;
