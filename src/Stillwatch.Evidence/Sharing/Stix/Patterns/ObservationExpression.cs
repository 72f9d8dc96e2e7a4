namespace Stillwatch.Evidence.Sharing.Stix.Patterns;

/// <summary>A pattern or a part of one: observations and how they hang together (STIX 2.1, 9.5).</summary>
public abstract record ObservationExpression;
