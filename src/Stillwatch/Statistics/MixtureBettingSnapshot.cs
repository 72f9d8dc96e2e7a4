using System.Collections.Immutable;

namespace Stillwatch.Statistics;

/// <summary>The saved state of a <see cref="MixtureBetting"/>.</summary>
/// <param name="NullMean">The mean under the null hypothesis.</param>
/// <param name="Alternative">On which side alternatives lie.</param>
/// <param name="Observations">Number of values seen.</param>
/// <param name="Log10Peak">Decimal logarithm of the largest capital so far.</param>
/// <param name="LogCapitals">Natural logarithms of the capitals of the bets on a larger mean, then of those on a smaller one.</param>
public sealed record MixtureBettingSnapshot(
    double NullMean, Alternative Alternative, long Observations, double Log10Peak, ImmutableArray<double> LogCapitals);
