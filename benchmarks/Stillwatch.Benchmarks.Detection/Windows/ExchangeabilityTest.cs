using Stillwatch.Statistics;

namespace Stillwatch.Benchmarks.Detection.Windows;

/// <summary>
/// Calibrates any score: the window's score among those of random windows of the same size from the window and the calibration queries
/// together.
/// </summary>
/// <remarks>
/// A permutation test (Fisher 1935; Pitman 1937), its p-value as in Phipson and Smyth 2010. Under the hypothesis the window's queries and
/// the calibration queries are exchangeable, so the p-value is valid in finite samples whatever the score is, however few independent
/// windows the calibration queries hold. That is not so for a threshold read from windows drawn from the calibration queries alone: these
/// overlap and share the mean of one sample. Queries of an attack that are in the window are in the drawn windows too, which costs every
/// detector some power, never validity.
/// </remarks>
internal sealed class ExchangeabilityTest : IWindowTest
{
    /// <summary>Drawn windows; the smallest p-value is 1/200, two-sided 1/100.</summary>
    public const int DefaultDraws = 199;

    private readonly IWindowScore _score;
    private readonly bool _twoSided;
    private readonly int[] _calibration;
    private readonly int _draws;
    private readonly double _decisiveLevel;

    /// <param name="score">A score that was not fitted on the calibration queries.</param>
    /// <param name="twoSided">Whether low scores count as high ones do; then the p-value is twice the smaller one.</param>
    /// <param name="calibration">The calibration queries.</param>
    /// <param name="draws">Number of windows that are drawn.</param>
    /// <param name="decisiveLevel">
    /// Drawing ends as soon as the p-value cannot come down to this level; it is then given as 1. 1 never ends early.
    /// </param>
    public ExchangeabilityTest(
        IWindowScore score, bool twoSided, int[] calibration, int draws = DefaultDraws, double decisiveLevel = 1) =>
        (_score, _twoSided, _calibration, _draws, _decisiveLevel) = (score, twoSided, calibration, draws, decisiveLevel);

    /// <inheritdoc/>
    public PValue PValueOf(ReadOnlySpan<int> window, ref SeededGenerator generator)
    {
        int[] pool = [.. window, .. _calibration];
        var observed = _score.Of(window);
        var (atLeast, atMost) = (1, 1);
        for (var drawn = 0; drawn < _draws; drawn++)
        {
            RandomSubset.MoveToFront(pool, window.Length, ref generator);
            var value = _score.Of(pool.AsSpan(0, window.Length));
            atLeast += value >= observed ? 1 : 0;
            atMost += value <= observed ? 1 : 0;
            if (Probability(atLeast, atMost) > _decisiveLevel)
            {
                return PValue.One;
            }
        }

        return PValue.FromProbability(Math.Min(1, Probability(atLeast, atMost)));
    }

    private double Probability(int atLeast, int atMost) =>
        (_twoSided ? 2.0 * Math.Min(atLeast, atMost) : atLeast) / (_draws + 1);
}
