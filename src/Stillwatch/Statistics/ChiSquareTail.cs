namespace Stillwatch.Statistics;

/// <summary>The upper tail of the chi-square distribution, in logarithms.</summary>
/// <remarks>Q(f/2, x/2) for f degrees of freedom, DLMF 8.2.4. Stateless; safe from any thread.</remarks>
public static class ChiSquareTail
{
    /// <summary>The probability of a chi-square value of at least this.</summary>
    /// <param name="statistic">The threshold, at least 0; infinity is accepted.</param>
    /// <param name="degreesOfFreedom">Above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public static PValue AtLeast(double statistic, double degreesOfFreedom)
    {
        Argument.ThrowIfNotPositive(degreesOfFreedom);
        if (!(statistic >= 0))
        {
            throw new ArgumentOutOfRangeException(nameof(statistic), statistic, "A statistic of at least 0 is accepted.");
        }

        return PValue.FromNaturalLog(IncompleteGamma.LogUpper(degreesOfFreedom / 2, statistic / 2));
    }
}
