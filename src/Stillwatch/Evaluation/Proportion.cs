using Stillwatch.Statistics;

namespace Stillwatch.Evaluation;

/// <summary>A counted share with its exact confidence interval (Clopper and Pearson, 1934).</summary>
public sealed record Proportion
{
    /// <summary>Probability that an interval covers the true share.</summary>
    public const double Confidence = 0.95;

    private Proportion(long count, long of) => (Count, Of) = (count, of);

    /// <summary>How many.</summary>
    public long Count { get; }

    /// <summary>Of how many.</summary>
    public long Of { get; }

    /// <summary>The share, 0 to 1; null where it is a share of nothing.</summary>
    public double? Value => Of == 0 ? null : (double)Count / Of;

    /// <summary>Lower end of the interval; null where it is a share of nothing.</summary>
    public double? Lower { get; private init; }

    /// <summary>Upper end of the interval; null where it is a share of nothing.</summary>
    public double? Upper { get; private init; }

    /// <param name="count">0 to <paramref name="of"/>.</param>
    /// <param name="of">0 or more.</param>
    public static Proportion Exact(long count, long of)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, of);
        if (of == 0)
        {
            return new(count, of);
        }

        var interval = ClopperPearson.Interval(count, of, Confidence);
        return new(count, of) { Lower = interval.Lower, Upper = interval.Upper };
    }
}
