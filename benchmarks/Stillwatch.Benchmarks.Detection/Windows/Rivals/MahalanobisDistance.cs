using Stillwatch.Benchmarks.Detection.Windows.Features;

namespace Stillwatch.Benchmarks.Detection.Windows.Rivals;

/// <summary>The mean squared Mahalanobis distance of the window's queries to the reference.</summary>
/// <remarks>
/// Lee et al., NeurIPS 2018, as adapted to windows by arXiv 2606.05725: the full covariance of the reference with 1e-6 added to each
/// eigenvalue; only high scores count. Immutable; safe from any thread.
/// </remarks>
internal sealed class MahalanobisDistance : IWindowScore
{
    private const double Ridge = 1e-6;

    private readonly double[] _distances;

    public MahalanobisDistance(WindowSetting setting)
    {
        var vectors = setting.Queries.Vectors;
        _distances = Whitening.WithRidge(vectors, setting.Reference, Ridge).Apply(vectors).SquaredLengths();
    }

    /// <inheritdoc/>
    public double Of(ReadOnlySpan<int> window) => QueryMean.Of(_distances, window);
}
