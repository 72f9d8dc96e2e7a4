using System.Collections.Immutable;

namespace Stillwatch.Statistics;

/// <summary>Which hypotheses of a list were rejected at a false-discovery level, and at which level each would be.</summary>
public sealed class FalseDiscoveryResult
{
    /// <summary>
    /// Levels are compared to twelve digits, so that a p-value that lies exactly on its threshold is rejected however the logarithms were
    /// rounded.
    /// </summary>
    private const double Slack = 1e-12;

    private FalseDiscoveryResult(double level, ImmutableArray<FalseDiscoveryLevel> adjusted)
    {
        (Level, Adjusted) = (level, adjusted);
        var highest = Math.Log10(level) + Slack;
        Rejected = [.. Enumerable.Range(0, adjusted.Length).Where(index => adjusted[index].Log10 <= highest)];
    }

    /// <summary>The accepted expectation of the share of false rejections among the rejections.</summary>
    public double Level { get; }

    /// <summary>Indices of the rejected hypotheses, ascending.</summary>
    public ImmutableArray<int> Rejected { get; }

    /// <summary>For each hypothesis, the smallest level at which it is rejected.</summary>
    public ImmutableArray<FalseDiscoveryLevel> Adjusted { get; }

    /// <summary>Whether a hypothesis is rejected; its index is its place in the input.</summary>
    public bool IsRejected(int index) => Rejected.BinarySearch(index) >= 0;

    /// <summary>
    /// The step-up procedure: the hypotheses with the k smallest values are rejected for the largest k at which the k-th value is at most
    /// k level / (n penalty).
    /// </summary>
    /// <param name="log10Values">Decimal logarithms of p-values, or of inverses of e-values, which may be above 0.</param>
    /// <param name="log10Penalty">Decimal logarithm of the penalty for dependence.</param>
    /// <param name="level">Above 0 and below 1.</param>
    internal static FalseDiscoveryResult StepUp(double[] log10Values, double log10Penalty, double level)
    {
        Argument.ThrowIfNotInsideUnitInterval(level);
        var count = log10Values.Length;
        var order = Enumerable.Range(0, count).ToArray();
        Array.Sort((double[])log10Values.Clone(), order);
        var adjusted = new FalseDiscoveryLevel[count];
        var smallest = 0.0;
        for (var rank = count; rank > 0; rank--)
        {
            var index = order[rank - 1];
            smallest = Math.Min(smallest, log10Values[index] + log10Penalty + Math.Log10(count / (double)rank));
            adjusted[index] = new(smallest);
        }

        return new(level, ImmutableArray.Create(adjusted));
    }
}
