using Stillwatch.Statistics;

namespace Stillwatch.Provenance.Lineage;

/// <summary>Several weightings of one suspect under one key, named before the key was used, as one piece of evidence. Stateless.</summary>
public static class CombinedEvidence
{
    /// <summary>
    /// The average of their e-values, which is an e-value however the weightings hang together; <see cref="EValue.ToPValue"/> makes a
    /// p-value of it. Against the best of them it loses at most the logarithm of their number.
    /// </summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static EValue Of(params IReadOnlyList<WeightedGreenResult> results)
    {
        ArgumentNullException.ThrowIfNull(results);
        return EValueCombination.Mean([.. results.Select(static result => result.Evidence)]);
    }
}
