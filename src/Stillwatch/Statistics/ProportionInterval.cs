namespace Stillwatch.Statistics;

/// <summary>An interval that covers an unknown proportion with a stated confidence.</summary>
/// <param name="Lower">Lower end, 0 to 1.</param>
/// <param name="Upper">Upper end, <paramref name="Lower"/> to 1.</param>
public readonly record struct ProportionInterval(double Lower, double Upper)
{
    /// <summary>Whether a proportion lies in the interval, its ends included.</summary>
    public bool Contains(double proportion) => proportion >= Lower && proportion <= Upper;
}
