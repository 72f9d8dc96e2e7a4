namespace Stillwatch.Gateway.Responses;

/// <summary>The latest entry about a scope.</summary>
/// <param name="Rule">What it set; null if it lifted.</param>
/// <param name="At">When.</param>
/// <param name="Actor">Who.</param>
/// <param name="Finding">The finding it follows from; null where a person decided without one.</param>
public sealed record SetResponse(ResponseRule? Rule, DateTimeOffset At, string Actor, ResponseFinding? Finding)
{
    /// <summary>Whether it is in force.</summary>
    public bool IsActive(DateTimeOffset now) => Rule is not null && Rule.Until > now;
}
