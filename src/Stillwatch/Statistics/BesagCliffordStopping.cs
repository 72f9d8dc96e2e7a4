namespace Stillwatch.Statistics;

/// <summary>When a sequential randomization test stops: it spends its draws where the p-value is small and its digits matter.</summary>
/// <remarks>Besag and Clifford, "Sequential Monte Carlo p-values", Biometrika 1991.</remarks>
public sealed class BesagCliffordStopping
{
    /// <summary>Default number of exceedances: the p-value then has a relative standard error of about a third.</summary>
    public const int DefaultRequiredExceedances = 10;

    /// <param name="maximumDraws">At least 1; the p-value is at least 1/(maximumDraws + 1).</param>
    /// <param name="requiredExceedances">Stop after so many copies have reached the observed statistic; at least 1, default 10.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is below 1.</exception>
    public BesagCliffordStopping(int maximumDraws, int requiredExceedances = DefaultRequiredExceedances)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maximumDraws, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(requiredExceedances, 1);
        (MaximumDraws, RequiredExceedances) = (maximumDraws, requiredExceedances);
    }

    /// <summary>The budget of draws.</summary>
    public int MaximumDraws { get; }

    /// <summary>The number of exceedances that ends the test early.</summary>
    public int RequiredExceedances { get; }

    /// <summary>Exceedances over draws where the test ended early, else (1 + exceedances)/(1 + draws).</summary>
    internal PValue PValueOf(int exceedances, int drawn) => PValue.FromProbability(
        exceedances == RequiredExceedances ? (double)exceedances / drawn : (1.0 + exceedances) / (1.0 + drawn));
}
