using Stillwatch.Statistics;

namespace Stillwatch.Benchmarks.Detection.Windows.Rivals;

/// <summary>
/// The discrepancy with the threshold of its paper: the 95th percentile of single comparisons of two parts of the reference.
/// </summary>
/// <remarks>
/// Liu, Guo and Dong, arXiv 2606.05725, 2026: 1,000 comparisons of a window with another, drawn together without replacement where the
/// reference is large enough, else independently. The null distribution is of one comparison, the score a mean of twenty against a fixed
/// reference, so the level is not the one that is stated; <see cref="CalibratedRival"/> holds the same score under an honest calibration.
/// </remarks>
internal sealed class PublishedMmdDetector : IWindowDetector
{
    private const int NullDraws = 1000;

    /// <inheritdoc/>
    public string Name => "MMD, threshold as published";

    /// <inheritdoc/>
    public double Level => 0.05;

    /// <inheritdoc/>
    public IWindowTest Fit(WindowSetting setting) =>
        new NullTest(new MaximumMeanDiscrepancy(setting), new SplitConformalCalibration(Null(setting)));

    private static double[] Null(WindowSetting setting)
    {
        var kernel = GaussianMixtureKernel.Fit(setting).Matrix;
        var (size, reference) = (Math.Min(setting.WindowSize, setting.Reference.Length), setting.Reference);
        var values = new double[NullDraws];
        Parallel.For(0, NullDraws, draw =>
        {
            var generator = new SeededGenerator(setting.Seed ^ (ulong)NullDraws, (ulong)draw);
            var both = reference.Length >= 2 * size
                ? RandomSubset.Draw(reference, 2 * size, ref generator)
                : [.. RandomSubset.Draw(reference, size, ref generator), .. RandomSubset.Draw(reference, size, ref generator)];
            values[draw] = MaximumMeanDiscrepancy.Between(kernel, both.AsSpan(0, size), both.AsSpan(size));
        });
        return values;
    }

    private sealed class NullTest(IWindowScore score, SplitConformalCalibration calibration) : IWindowTest
    {
        public PValue PValueOf(ReadOnlySpan<int> window, ref SeededGenerator generator) => calibration.PValueOf(score.Of(window));
    }
}
