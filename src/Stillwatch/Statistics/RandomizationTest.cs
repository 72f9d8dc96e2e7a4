namespace Stillwatch.Statistics;

/// <summary>Tests by comparing a statistic with the same statistic of randomized copies of the data.</summary>
/// <remarks>
/// Fixed number: Dwass 1957, Phipson and Smyth 2010: p = (1 + b)/(1 + B) is valid if the data and the copies are exchangeable under the
/// null hypothesis. Sequential: Besag and Clifford, "Sequential Monte Carlo p-values", Biometrika 1991. A randomized statistic counts as
/// reaching the observed one from a relative distance of 1e-12 below it on, so that rounding cannot make a tie look like a smaller value.
/// Deterministic: the draws depend on the seed alone. Stateless; safe from any thread.
/// </remarks>
public static class RandomizationTest
{
    private const double TieSlack = 1e-12;

    /// <summary>Compares with a fixed number of randomized copies.</summary>
    /// <param name="observed">The statistic of the data; large is extreme.</param>
    /// <param name="draw">Draws a randomized copy under the null hypothesis and returns its statistic.</param>
    /// <param name="draws">At least 1; the p-value is at least 1/(draws + 1).</param>
    /// <param name="seed">The seed of the draws.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number of draws is below 1, or the observed statistic is not a number.</exception>
    public static RandomizationResult Run(double observed, ResampledStatistic draw, int draws, ulong seed) =>
        RunSequential(observed, draw, new(draws, requiredExceedances: int.MaxValue), seed);

    /// <summary>Compares with randomized copies until enough of them have reached the observed statistic or the budget is spent.</summary>
    /// <param name="observed">The statistic of the data; large is extreme.</param>
    /// <param name="draw">Draws a randomized copy under the null hypothesis and returns its statistic.</param>
    /// <param name="stopping">When to stop; fixed before the data are seen.</param>
    /// <param name="seed">The seed of the draws.</param>
    /// <exception cref="ArgumentOutOfRangeException">The observed statistic is not a number.</exception>
    public static RandomizationResult RunSequential(double observed, ResampledStatistic draw, BesagCliffordStopping stopping, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(draw);
        ArgumentNullException.ThrowIfNull(stopping);
        if (double.IsNaN(observed))
        {
            throw new ArgumentOutOfRangeException(nameof(observed), observed, "A statistic is needed, finite or infinite.");
        }

        var generator = new SeededGenerator(seed);
        var threshold = double.IsInfinity(observed) ? observed : observed - TieSlack * Math.Abs(observed);
        var (exceedances, drawn) = (0, 0);
        while (drawn < stopping.MaximumDraws && exceedances < stopping.RequiredExceedances)
        {
            drawn++;
            exceedances += draw(ref generator) < threshold ? 0 : 1;
        }

        return new(observed, stopping.PValueOf(exceedances, drawn), exceedances, drawn);
    }
}
