namespace Stillwatch.Gateway.Responses;

/// <summary>The positions of one list of a reply, in order.</summary>
/// <param name="Choice">The choice it belongs to.</param>
/// <param name="Positions">The positions.</param>
internal sealed record LogprobSequence(LogprobChoice Choice, List<LogprobPosition> Positions);
