namespace Stillwatch.Statistics;

/// <summary>The saved state of a <see cref="HedgedCapital"/>.</summary>
/// <param name="NullMean">The mean under the null hypothesis.</param>
/// <param name="Alternative">On which side alternatives lie.</param>
/// <param name="TargetLevel">The level that the bets are sized for.</param>
public sealed record HedgedCapitalSnapshot(double NullMean, Alternative Alternative, double TargetLevel)
{
    /// <summary>Number of values seen.</summary>
    public long Observations { get; init; }

    /// <summary>Sum of the values.</summary>
    public double Sum { get; init; }

    /// <summary>Sum of the squared deviations of each value from the regularized mean up to it.</summary>
    public double SquaredDeviations { get; init; }

    /// <summary>Natural logarithm of the capital of the bets on a larger mean.</summary>
    public double LogCapitalUp { get; init; }

    /// <summary>Natural logarithm of the capital of the bets on a smaller mean.</summary>
    public double LogCapitalDown { get; init; }

    /// <summary>Decimal logarithm of the largest capital so far.</summary>
    public double Log10Peak { get; init; }
}
