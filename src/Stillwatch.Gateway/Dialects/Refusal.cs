namespace Stillwatch.Gateway.Dialects;

/// <summary>That something is not given, and why, before it takes the form of a dialect.</summary>
/// <param name="Reason">The class, from which status and codes follow.</param>
/// <param name="Message">A sentence for people: what was wrong and what to do. It is shown to the client.</param>
public sealed record Refusal(RefusalReason Reason, string Message)
{
    /// <summary>The member of the request that is to blame; null for none.</summary>
    public string? Parameter { get; init; }

    /// <summary>When to ask again; null where it does not help or is not known.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The kind of limit as OpenAI's error type names it (<c>tokens</c>, <c>requests</c>); null for the reason's own.</summary>
    public string? LimitName { get; init; }
}
