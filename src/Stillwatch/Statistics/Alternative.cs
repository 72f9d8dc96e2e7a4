namespace Stillwatch.Statistics;

/// <summary>The side on which a test looks for departures from its null hypothesis.</summary>
public enum Alternative
{
    /// <summary>The quantity is larger than the null value; the null hypothesis includes all smaller values.</summary>
    Greater,

    /// <summary>The quantity is smaller than the null value; the null hypothesis includes all larger values.</summary>
    Less,

    /// <summary>The quantity differs from the null value, which is the only one in the null hypothesis.</summary>
    TwoSided,
}
