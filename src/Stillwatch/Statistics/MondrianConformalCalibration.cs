using System.Collections.Frozen;

namespace Stillwatch.Statistics;

/// <summary>
/// Conformal calibration kept apart by stratum, so that the false-positive rate holds within each stratum and not only on average. A
/// stratum with too few scores to be tested against itself is tested against all scores together.
/// </summary>
/// <typeparam name="TStratum">What names a stratum, such as a class of volume.</typeparam>
/// <remarks>
/// Vovk, Gammerman and Shafer, "Algorithmic Learning in a Random World", 2005, section 4.5. Within a stratum of its own the p-value is
/// valid if the new score is exchangeable with that stratum's. A pooled p-value is valid only if the new score is exchangeable with all of
/// them, which a small stratum of unusual members is not: <see cref="IsPooled"/> tells. Immutable; safe from any thread.
/// </remarks>
public sealed class MondrianConformalCalibration<TStratum>
    where TStratum : notnull
{
    /// <summary>Default of the smallest stratum that is tested against itself; its smallest p-value is 1/100.</summary>
    public const int DefaultMinimumStratumSize = 99;

    private readonly FrozenDictionary<TStratum, SplitConformalCalibration> _strata;

    /// <param name="scores">The calibration sample: stratum and score of each member.</param>
    /// <param name="minimumStratumSize">
    /// Strata of fewer scores are pooled; at least 1, default <see cref="DefaultMinimumStratumSize"/>. A level a needs at least 1/a - 1
    /// scores.
    /// </param>
    /// <exception cref="ArgumentException">A score is not a number.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The minimum size is below 1.</exception>
    public MondrianConformalCalibration(
        IEnumerable<(TStratum Stratum, double Score)> scores, int minimumStratumSize = DefaultMinimumStratumSize)
    {
        ArgumentNullException.ThrowIfNull(scores);
        ArgumentOutOfRangeException.ThrowIfLessThan(minimumStratumSize, 1);
        var sample = scores.ToArray();
        Pooled = new([.. sample.Select(static member => member.Score)]);
        _strata = sample
            .GroupBy(static member => member.Stratum, static member => member.Score)
            .Where(stratum => stratum.Count() >= minimumStratumSize)
            .ToFrozenDictionary(static stratum => stratum.Key, static stratum => new SplitConformalCalibration([.. stratum]));
    }

    /// <summary>All scores of all strata together, the small ones included.</summary>
    public SplitConformalCalibration Pooled { get; }

    /// <summary>The strata that are large enough to be tested against themselves.</summary>
    public IEnumerable<TStratum> Strata => _strata.Keys;

    /// <summary>Whether the stratum is unknown or too small, so that its members are tested against all scores.</summary>
    public bool IsPooled(TStratum stratum) => !_strata.ContainsKey(stratum);

    /// <summary>The calibration that members of the stratum are tested against.</summary>
    public SplitConformalCalibration CalibrationOf(TStratum stratum) => _strata.GetValueOrDefault(stratum, Pooled);

    /// <summary>The conformal p-value of a new score in its stratum; see <see cref="SplitConformalCalibration.PValueOf"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The score is not a number.</exception>
    public PValue PValueOf(TStratum stratum, double score) => CalibrationOf(stratum).PValueOf(score);

    /// <summary>The p-value with ties broken at random; see <see cref="SplitConformalCalibration.SmoothedPValueOf"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The score is not a number, or the uniform number is not in [0, 1].</exception>
    public PValue SmoothedPValueOf(TStratum stratum, double score, double uniform) =>
        CalibrationOf(stratum).SmoothedPValueOf(score, uniform);
}
