namespace Stillwatch.Gateway.Responses;

/// <summary>What a suspected harvest gets less of; a later one is harsher.</summary>
public enum ResponseStep
{
    /// <summary>Each request waits before it is forwarded.</summary>
    Slow,

    /// <summary>Requests are forwarded without what gives away probabilities.</summary>
    Reduce,

    /// <summary>
    /// Requests are forwarded without bias, and the probabilities of replies have keyed noise on them. Harsher than taking them out,
    /// because whoever harvests them is not told.
    /// </summary>
    Perturb,

    /// <summary>Nothing is forwarded until a person has verified the account.</summary>
    Challenge,

    /// <summary>Nothing is forwarded.</summary>
    Block,
}
