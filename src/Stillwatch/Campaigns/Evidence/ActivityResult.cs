using Stillwatch.Statistics;

namespace Stillwatch.Campaigns.Evidence;

/// <summary>How alike the members of a group behave in one respect, beside draws of as many accounts.</summary>
/// <param name="Figure">The figure in its own units.</param>
/// <param name="Deviation">Standard deviations by which it is more alike than the mean of the draws.</param>
/// <param name="Chance">(1 + draws at least as alike)/(1 + draws).</param>
internal sealed record ActivityResult(double Figure, double Deviation, PValue Chance)
{
    /// <summary>The least spread of the draws, so that deviations stay finite where all draws are alike.</summary>
    private const double LeastSpread = 1e-9;

    /// <param name="figure">The figure in its own units.</param>
    /// <param name="likeness">The same, the higher the more alike.</param>
    /// <param name="draws">The likeness of each draw.</param>
    public static ActivityResult Of(double figure, double likeness, double[] draws)
    {
        var atLeast = draws.Count(draw => draw >= likeness);
        var mean = draws.Average();
        var spread = Math.Sqrt(draws.Sum(draw => (draw - mean) * (draw - mean)) / draws.Length);
        return new ActivityResult(
            figure, (likeness - mean) / Math.Max(spread, LeastSpread), PValue.FromProbability((1.0 + atLeast) / (1 + draws.Length)));
    }
}
