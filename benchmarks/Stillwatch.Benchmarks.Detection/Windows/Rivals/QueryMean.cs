namespace Stillwatch.Benchmarks.Detection.Windows.Rivals;

/// <summary>The mean over a window of a number that each query has.</summary>
internal static class QueryMean
{
    public static double Of(double[] values, ReadOnlySpan<int> window)
    {
        var sum = 0.0;
        foreach (var query in window)
        {
            sum += values[query];
        }

        return sum / window.Length;
    }
}
