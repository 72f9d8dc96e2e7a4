namespace Stillwatch.Statistics;

/// <summary>Tails of the standard normal distribution, in logarithms.</summary>
/// <remarks>
/// Q(1/2, z^2/2)/2, DLMF 7.11.2. As a test it is as good as the normality of what it is applied to. Stateless; safe from any thread.
/// </remarks>
public static class NormalTail
{
    /// <summary>The probability of a standard normal value of at least this.</summary>
    /// <param name="z">The threshold, in standard deviations; infinities are accepted.</param>
    /// <exception cref="ArgumentOutOfRangeException">The threshold is not a number.</exception>
    public static PValue AtLeast(double z)
    {
        if (double.IsNaN(z))
        {
            throw new ArgumentOutOfRangeException(nameof(z), z, "A threshold in standard deviations is needed.");
        }

        var half = IncompleteGamma.LogUpper(0.5, z * z / 2) - LogSpace.Ln2;
        return PValue.FromNaturalLog(z >= 0 ? half : LogSpace.Complement(half));
    }

    /// <summary>The probability of a standard normal value of at most this.</summary>
    /// <inheritdoc cref="AtLeast"/>
    public static PValue AtMost(double z) => AtLeast(-z);
}
