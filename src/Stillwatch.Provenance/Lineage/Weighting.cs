namespace Stillwatch.Provenance.Lineage;

/// <summary>
/// How much the colour of a (context, token) counts: from how often the suspect said it, n, or how probable it finds it, p, against the
/// reference's q. N is how often the context occurred.
/// </summary>
public enum Weighting
{
    /// <summary>Closed: 1 for what occurred. The published test, with a bound instead of the exact tail.</summary>
    Presence,

    /// <summary>Closed: n. Every repeat counts; no reference.</summary>
    Count,

    /// <summary>Closed: (n - N q) / sqrt(N q + 1): how far the count departs from the reference, in standard deviations.</summary>
    StandardizedCount,

    /// <summary>Open: p - q.</summary>
    Difference,

    /// <summary>Open: sqrt(q) ln(p/q): robust where common tokens were put right again.</summary>
    LogRatio,
}
