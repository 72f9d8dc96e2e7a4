namespace Stillwatch.Statistics;

/// <summary>Draws one randomized copy of the data under the null hypothesis and returns its statistic.</summary>
/// <param name="generator">The only source of randomness that the drawing may use.</param>
public delegate double ResampledStatistic(ref SeededGenerator generator);
