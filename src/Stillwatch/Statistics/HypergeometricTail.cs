namespace Stillwatch.Statistics;

/// <summary>
/// Exact tails of the hypergeometric distribution: how many marked members a sample without replacement holds. The upper tail is Fisher's
/// exact test, one-sided, of a two-by-two table.
/// </summary>
/// <remarks>
/// The tail that lies away from the mean is summed from its largest term (Loader's saddle-point form) with the ratio of neighbouring terms;
/// the ratios fall, so the rest left out is bounded by a geometric series. Steps: of the order of the standard deviation. Stateless; safe
/// from any thread.
/// </remarks>
public static class HypergeometricTail
{
    /// <summary>The largest population that is accepted: 2^40.</summary>
    public const long MaxPopulation = Argument.MaxCount;

    private const double Precision = 1e-17;

    /// <summary>The probability of at least so many marked members in the sample.</summary>
    /// <param name="found">The threshold; any number.</param>
    /// <param name="population">Members altogether, 0 to <see cref="MaxPopulation"/>.</param>
    /// <param name="marked">Marked members in the population, 0 to <paramref name="population"/>.</param>
    /// <param name="drawn">Size of the sample, 0 to <paramref name="population"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">A count is out of range.</exception>
    public static PValue AtLeast(long found, long population, long marked, long drawn)
    {
        Check(population, marked, drawn);
        return PValue.FromNaturalLog(LogAtLeast(found, population, marked, drawn));
    }

    /// <summary>The probability of at most so many marked members in the sample.</summary>
    /// <inheritdoc cref="AtLeast"/>
    public static PValue AtMost(long found, long population, long marked, long drawn)
    {
        Check(population, marked, drawn);
        return PValue.FromNaturalLog(LogAtLeast(drawn - Math.Clamp(found, -1, drawn), population, population - marked, drawn));
    }

    private static double LogAtLeast(long k, long population, long marked, long drawn)
    {
        var lowest = Math.Max(0, drawn + marked - population);
        var highest = Math.Min(drawn, marked);
        if (k <= lowest || k > highest)
        {
            return k <= lowest ? 0 : double.NegativeInfinity;
        }

        if (k > (double)drawn * marked / population)
        {
            return LogSumUpwards(k, population, marked, drawn);
        }

        var below = LogSumUpwards(drawn - k + 1, population, population - marked, drawn);
        return LogSpace.Complement(below);
    }

    /// <summary>ln P(X at least k) for k above the mean, where the terms fall.</summary>
    private static double LogSumUpwards(long k, long population, long marked, long drawn)
    {
        var (term, sum) = (1.0, 1.0);
        for (var j = k; term > 0; j++)
        {
            var ratio = ((double)marked - j) * (drawn - j) / ((j + 1.0) * (population - marked - drawn + j + 1.0));
            term *= ratio;
            sum += term;
            if (ratio < 1 && term * ratio <= Precision * sum * (1 - ratio))
            {
                break;
            }
        }

        return LogProbability(k, population, marked, drawn) + Math.Log(sum);
    }

    private static double LogProbability(long k, long population, long marked, long drawn)
    {
        if (drawn == population || drawn == 0)
        {
            return k == (drawn == 0 ? 0 : marked) ? 0 : double.NegativeInfinity;
        }

        var p = (double)drawn / population;
        var q = (double)(population - drawn) / population;
        var rest = population - marked - (drawn - k);
        return SaddlePointDensity.LogBinomial(k, marked - k, p, q)
            + SaddlePointDensity.LogBinomial(drawn - k, rest, p, q)
            - SaddlePointDensity.LogBinomial(drawn, population - drawn, p, q);
    }

    private static void Check(long population, long marked, long drawn)
    {
        Argument.ThrowIfNotCount(population, MaxPopulation);
        Argument.ThrowIfNotCount(marked, population);
        Argument.ThrowIfNotCount(drawn, population);
    }
}
