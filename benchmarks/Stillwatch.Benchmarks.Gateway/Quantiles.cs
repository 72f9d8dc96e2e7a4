namespace Stillwatch.Benchmarks.Gateway;

/// <summary>Quantiles of measured times.</summary>
internal static class Quantiles
{
    /// <summary>The value below which a share of all lies, by rank.</summary>
    public static double At(List<double> sorted, double share) => sorted[Math.Min(sorted.Count - 1, (int)(share * sorted.Count))];
}
