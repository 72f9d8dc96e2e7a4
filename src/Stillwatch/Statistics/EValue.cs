namespace Stillwatch.Statistics;

/// <summary>
/// An e-value: a number of at least 0 whose expectation under the null hypothesis is at most 1, so that it exceeds 1/u with probability at
/// most u. Large is strong evidence. Held as a decimal logarithm, which does not overflow. <c>default</c> is 1, which is no evidence.
/// </summary>
/// <remarks>
/// Vovk and Wang, "E-values: calibration, combination and applications", Annals of Statistics 2021. How e-values may be combined depends on
/// how they depend on each other, hence there is no operator; see <see cref="EValueCombination"/>.
/// </remarks>
public readonly record struct EValue : IComparable<EValue>
{
    private EValue(double log10) => Log10 = log10;

    /// <summary>The e-value 1: no evidence.</summary>
    public static EValue One => default;

    /// <summary>The e-value 0: the whole stake is lost.</summary>
    public static EValue Zero => new(double.NegativeInfinity);

    /// <summary>The decimal logarithm; positive infinity where the null hypothesis cannot give what was seen.</summary>
    public double Log10 { get; }

    /// <summary>The e-value as a plain number; infinity above about 1.8e308, 0 below about 5e-324.</summary>
    public double Value => Math.Pow(10, Log10);

    /// <summary>The natural logarithm.</summary>
    internal double Ln => Log10 * LogSpace.Ln10;

    /// <summary>Whether the left e-value is the weaker evidence.</summary>
    public static bool operator <(EValue left, EValue right) => left.Log10 < right.Log10;

    /// <summary>Whether the left e-value is the stronger evidence.</summary>
    public static bool operator >(EValue left, EValue right) => left.Log10 > right.Log10;

    /// <summary>Whether the left e-value is at most as strong evidence.</summary>
    public static bool operator <=(EValue left, EValue right) => left.Log10 <= right.Log10;

    /// <summary>Whether the left e-value is at least as strong evidence.</summary>
    public static bool operator >=(EValue left, EValue right) => left.Log10 >= right.Log10;

    /// <summary>Takes a plain number.</summary>
    /// <param name="value">At least 0; infinity is accepted.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative or not a number.</exception>
    public static EValue FromValue(double value)
    {
        if (!(value >= 0))
        {
            throw new ArgumentOutOfRangeException(nameof(value), value, "An e-value is at least 0.");
        }

        return new(Math.Log10(value));
    }

    /// <summary>Takes a decimal logarithm; either infinity is accepted.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The logarithm is not a number.</exception>
    public static EValue FromLog10(double log10)
    {
        if (double.IsNaN(log10))
        {
            throw new ArgumentOutOfRangeException(nameof(log10), log10, "The logarithm of an e-value is a number or infinite.");
        }

        return new(log10);
    }

    /// <summary>Takes a natural logarithm; either infinity is accepted.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The logarithm is not a number.</exception>
    public static EValue FromNaturalLog(double ln) => FromLog10(ln / LogSpace.Ln10);

    /// <summary>min(1, 1/e), which is a p-value by Markov's inequality.</summary>
    public PValue ToPValue() => PValue.FromLog10(Math.Min(0, -Log10));

    /// <summary>Whether the e-value is at least 1/level, which under the null hypothesis has probability at most the level.</summary>
    /// <param name="level">The accepted probability of a false rejection, 0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The level is not in [0, 1].</exception>
    public bool Rejects(double level) => ToPValue().Rejects(level);

    /// <summary>Orders by size, so that the strongest evidence comes last.</summary>
    public int CompareTo(EValue other) => Log10.CompareTo(other.Log10);

    /// <summary>The number to three or four digits, such as 31.2 or 3.1e+412.</summary>
    public override string ToString() => LogarithmicNotation.Format(Log10);
}
