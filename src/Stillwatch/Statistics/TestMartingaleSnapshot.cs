namespace Stillwatch.Statistics;

/// <summary>The saved state of a <see cref="TestMartingale"/>.</summary>
/// <param name="Steps">Number of e-values taken in.</param>
/// <param name="Log10Wealth">Decimal logarithm of the product; negative infinity once it is lost.</param>
/// <param name="Log10Peak">Decimal logarithm of the largest product so far, at least 0.</param>
public sealed record TestMartingaleSnapshot(long Steps, double Log10Wealth, double Log10Peak);
