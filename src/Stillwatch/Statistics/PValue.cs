namespace Stillwatch.Statistics;

/// <summary>
/// A p-value: under the null hypothesis, it is at most u with probability at most u. Held as a decimal logarithm, so that 1e-4000 is as
/// good as 0.05. <c>default</c> is 1, which is no evidence.
/// </summary>
public readonly record struct PValue : IComparable<PValue>
{
    /// <summary>How far a computed logarithm may lie above zero by rounding before it is refused.</summary>
    private const double RoundingSlack = 1e-9;

    private PValue(double log10) => Log10 = log10;

    /// <summary>The p-value 1: no evidence.</summary>
    public static PValue One => default;

    /// <summary>The decimal logarithm, at most 0; negative infinity where the null hypothesis cannot give what was seen.</summary>
    public double Log10 { get; }

    /// <summary>The p-value as a plain number in [0, 1]; 0 below about 5e-324.</summary>
    public double Probability => Math.Pow(10, Log10);

    /// <summary>Whether the left p-value is the stronger evidence.</summary>
    public static bool operator <(PValue left, PValue right) => left.Log10 < right.Log10;

    /// <summary>Whether the left p-value is the weaker evidence.</summary>
    public static bool operator >(PValue left, PValue right) => left.Log10 > right.Log10;

    /// <summary>Whether the left p-value is at least as strong evidence.</summary>
    public static bool operator <=(PValue left, PValue right) => left.Log10 <= right.Log10;

    /// <summary>Whether the left p-value is at most as strong evidence.</summary>
    public static bool operator >=(PValue left, PValue right) => left.Log10 >= right.Log10;

    /// <summary>Takes a plain number.</summary>
    /// <param name="probability">0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is not in [0, 1].</exception>
    public static PValue FromProbability(double probability)
    {
        Argument.ThrowIfNotProbability(probability);
        return new(Math.Log10(probability));
    }

    /// <summary>Takes a decimal logarithm.</summary>
    /// <param name="log10">At most 0; negative infinity is the p-value 0. A billionth above zero counts as rounding and becomes 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The logarithm is positive or not a number.</exception>
    public static PValue FromLog10(double log10)
    {
        if (!(log10 <= RoundingSlack))
        {
            throw new ArgumentOutOfRangeException(nameof(log10), log10, "The logarithm of a p-value is at most 0.");
        }

        return new(Math.Min(log10, 0));
    }

    /// <summary>Takes a natural logarithm.</summary>
    /// <param name="ln">At most 0, with the allowance of <see cref="FromLog10"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The logarithm is positive or not a number.</exception>
    public static PValue FromNaturalLog(double ln) => FromLog10(ln / LogSpace.Ln10);

    /// <summary>The two-sided p-value of two one-sided ones about the same number: twice the smaller, at most 1.</summary>
    public static PValue TwoSided(PValue lower, PValue upper) =>
        new(Math.Min(0, Math.Min(lower.Log10, upper.Log10) + LogSpace.Ln2 / LogSpace.Ln10));

    /// <summary>Whether a test at this level rejects.</summary>
    /// <param name="level">The accepted probability of a false rejection, 0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The level is not in [0, 1].</exception>
    public bool Rejects(double level)
    {
        Argument.ThrowIfNotProbability(level);
        return Log10 <= Math.Log10(level);
    }

    /// <summary>Orders by size, so that the strongest evidence comes first.</summary>
    public int CompareTo(PValue other) => Log10.CompareTo(other.Log10);

    /// <summary>The number to three or four digits, such as 0.0312 or 3.1e-412.</summary>
    public override string ToString() => LogarithmicNotation.Format(Log10);
}
