namespace Stillwatch.Gateway.Responses;

/// <summary>What a suspected harvest gets less of; a later one is harsher.</summary>
public enum ResponseStep
{
    /// <summary>More of it is recorded; the client notices nothing.</summary>
    Observe,

    /// <summary>Each request waits before it is forwarded.</summary>
    Slow,

    /// <summary>Requests are forwarded without what gives away probabilities, and within a lower cap; reasoning is hidden.</summary>
    Reduce,

    /// <summary>As reduced, but for probabilities: they come with noise on them, and no bias is obeyed.</summary>
    Perturb,

    /// <summary>As reduced; and who asks for a trap fact gets it from the gateway, not from the model.</summary>
    Canary,

    /// <summary>Nothing is forwarded until a person has verified the account.</summary>
    Challenge,

    /// <summary>Nothing is forwarded.</summary>
    Block,
}
