using Stillwatch.Provenance.Watermarking;
using Stillwatch.Statistics;

namespace Stillwatch.Provenance.Lineage;

/// <summary>
/// The weighted test by how often contexts came, leaning either way in each stratum: for suspects from which somebody tried to remove the
/// mark. Immutable; safe from any thread.
/// </summary>
/// <remarks>
/// Watermark neutralisation (Pan et al., ACL 2025) pushes what training raised after frequent prefixes down again. It does so by a
/// step, not by as much as was raised, so that these lean away from green, while rare ones still lean to it; a sum over all of them
/// cancels. Colours of different contexts are independent, so e-values of strata multiply; in each, the mean of both directions is
/// one.
/// </remarks>
public sealed class StratifiedEvidence
{
    /// <summary>The least occurrences of a context of each stratum but the first.</summary>
    private static readonly int[] Edges = [4, 32, 256];

    private readonly IReadOnlyList<(WeightedPairs Up, double[] Down)> _strata;

    /// <param name="counts">What the suspect said.</param>
    /// <param name="weighting">A closed one.</param>
    /// <param name="reference">Needed for <see cref="Weighting.StandardizedCount"/>.</param>
    /// <exception cref="ArgumentException">The weighting is open, or its reference is missing.</exception>
    public StratifiedEvidence(ContextCounts counts, Weighting weighting, IReferenceModel? reference = null)
    {
        ArgumentNullException.ThrowIfNull(counts);
        int[] least = [0, .. Edges];
        int[] most = [.. Edges.Select(static edge => edge - 1), int.MaxValue];
        _strata =
        [
            .. least.Zip(most).Select(range => WeightedPairs.Of(counts.Between(range.First, range.Second), weighting, reference))
                .Where(static pairs => pairs.Count > 0)
                .Select(static pairs => (pairs, pairs.Weights.ToArray().Select(static weight => -weight).ToArray())),
        ];
    }

    /// <summary>Pairs with a weight, in all strata.</summary>
    public int Count => _strata.Sum(static stratum => stratum.Up.Count);

    /// <summary>The largest sum of a stratum in standard deviations, whichever way: a score.</summary>
    /// <exception cref="ArgumentException">The scheme's width is another, or its bits are not independent.</exception>
    public double Deviations(IGreenList list) => _strata
        .Select(stratum => stratum.Up.Deviation(list.GreenProbability) is > 0 and var deviation
            ? Math.Abs(stratum.Up.Sum(list)) / deviation
            : 0)
        .DefaultIfEmpty(0).Max();

    /// <summary>The evidence under one key.</summary>
    /// <exception cref="ArgumentException">The scheme's width is another, or its bits are not independent.</exception>
    public EValue Of(IGreenList list)
    {
        ArgumentNullException.ThrowIfNull(list);
        var values = new List<EValue>();
        foreach (var (up, down) in _strata)
        {
            var sum = up.Sum(list);
            values.Add(EValueCombination.Mean(
            [
                WeightedBernoulliTail.Mixture(sum, up.Weights, list.GreenProbability),
                WeightedBernoulliTail.Mixture(-sum, down, list.GreenProbability),
            ]));
        }

        return EValueCombination.Product([.. values]);
    }
}
