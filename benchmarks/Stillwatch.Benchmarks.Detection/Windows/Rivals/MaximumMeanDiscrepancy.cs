using Stillwatch.Benchmarks.Detection.Windows.Contamination;
using Stillwatch.Benchmarks.Detection.Windows.Features;
using Stillwatch.Statistics;

namespace Stillwatch.Benchmarks.Detection.Windows.Rivals;

/// <summary>
/// The squared maximum mean discrepancy between a window and random parts of the reference of the same size, averaged over 20 parts.
/// </summary>
/// <remarks>
/// Liu, Guo and Dong, arXiv 2606.05725, 2026; the unbiased estimate of Gretton et al., JMLR 2012, with a mean of Gaussian kernels whose
/// bandwidths are 0.5, 1, 2 and 4 times the median distance. Changed: the 20 parts are drawn once a fit, not once a window, so that a score
/// is a function of the window. Time: quadratic in the window. Immutable; safe from any thread.
/// </remarks>
internal sealed class MaximumMeanDiscrepancy : IWindowScore
{
    private const int Repeats = 20;

    private readonly SquareMatrix _kernel;
    private readonly double _withinReference;
    private readonly double[] _towardsReference;

    /// <summary>Over the embeddings, as published.</summary>
    public MaximumMeanDiscrepancy(WindowSetting setting)
        : this(setting, GaussianMixtureKernel.Fit(setting).Matrix)
    {
    }

    private MaximumMeanDiscrepancy(WindowSetting setting, SquareMatrix kernel)
    {
        _kernel = kernel;
        var size = Math.Min(setting.WindowSize, setting.Reference.Length);
        var generator = new SeededGenerator(setting.Seed, stream: 20);
        _towardsReference = new double[setting.Queries.Count];
        for (var repeat = 0; repeat < Repeats; repeat++)
        {
            var part = RandomSubset.Draw(setting.Reference, size, ref generator);
            _withinReference += Mean(_kernel, part) / Repeats;
            for (var query = 0; query < _towardsReference.Length; query++)
            {
                _towardsReference[query] += MeanTowards(_kernel, query, part) / Repeats;
            }
        }
    }

    /// <summary>
    /// Over the embeddings and the numbers of the text side by side, which no paper does: what the statistic gains from better features.
    /// </summary>
    public static MaximumMeanDiscrepancy OverAllFeatures(WindowSetting setting) => WithText(setting, setting.Queries.Cosines);

    /// <summary>Over the n-grams before the projection, the kernel as published.</summary>
    public static MaximumMeanDiscrepancy OverNGrams(WindowSetting setting) =>
        new(setting, GaussianMixtureKernel.Fit(setting, (left, right) => 2 - 2.0 * setting.Queries.NGramCosines[left, right]).Matrix);

    /// <summary>Over the n-grams before the projection and the numbers of the text side by side: all that our detector sees.</summary>
    public static MaximumMeanDiscrepancy OverNGramsAndText(WindowSetting setting) => WithText(setting, setting.Queries.NGramCosines);

    private static MaximumMeanDiscrepancy WithText(WindowSetting setting, SquareMatrix cosines)
    {
        var text = QueryChannels.Whitened(QueryChannels.OfText(setting.Queries), setting.Reference);
        return new(setting, GaussianMixtureKernel.Fit(setting, SquaredDistance).Matrix);

        double SquaredDistance(int left, int right) =>
            2 - 2.0 * cosines[left, right] + DenseVector.SquaredDistance(text[left], text[right]) / text.Dimensions;
    }

    /// <inheritdoc/>
    public double Of(ReadOnlySpan<int> window)
    {
        var towards = 0.0;
        foreach (var query in window)
        {
            towards += _towardsReference[query];
        }

        return _withinReference + Mean(_kernel, window) - 2 * towards / window.Length;
    }

    /// <summary>The unbiased estimate between two samples.</summary>
    public static double Between(SquareMatrix kernel, ReadOnlySpan<int> left, ReadOnlySpan<int> right)
    {
        var across = 0.0;
        foreach (var query in left)
        {
            across += MeanTowards(kernel, query, right) / left.Length;
        }

        return Mean(kernel, left) + Mean(kernel, right) - 2 * across;
    }

    private static double Mean(SquareMatrix kernel, ReadOnlySpan<int> sample) =>
        kernel.SumOfPairs(sample) / ((double)sample.Length * (sample.Length - 1));

    private static double MeanTowards(SquareMatrix kernel, int query, ReadOnlySpan<int> sample)
    {
        var row = kernel.Row(query);
        var sum = 0.0;
        foreach (var other in sample)
        {
            sum += row[other];
        }

        return sum / sample.Length;
    }
}
