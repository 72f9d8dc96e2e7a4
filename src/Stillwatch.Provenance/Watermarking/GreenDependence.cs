namespace Stillwatch.Provenance.Watermarking;

/// <summary>How the green bits of a scheme depend on each other, over random keys; which test is exact follows from it.</summary>
public enum GreenDependence
{
    /// <summary>Every (context, token) has a bit of its own, independent of all others.</summary>
    Independent,

    /// <summary>
    /// Every context has a list of a fixed number of green tokens: bits of one context are drawn without replacement, those of different
    /// contexts independently.
    /// </summary>
    FixedCountPerContext,

    /// <summary>There is one list of a fixed number of green tokens for all contexts.</summary>
    FixedCountOverall,
}
