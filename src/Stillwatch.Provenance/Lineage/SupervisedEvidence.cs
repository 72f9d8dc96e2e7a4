using Stillwatch.Provenance.Watermarking;
using Stillwatch.Statistics;

namespace Stillwatch.Provenance.Lineage;

/// <summary>
/// The weighted test where the marked texts themselves are known: only contexts count after which one of them drew a token. Stateless.
/// </summary>
/// <remarks>
/// Sander et al. 2024 call this supervised and filter by frequency. That a context is chosen depends on the key here, through the
/// texts, so that neither a binomial tail nor a bound whose tilt fits the chosen weights is valid. This is: order the contexts as the
/// texts first come to them. Which one is next depends on colours after earlier ones only; so for every fixed tilt t the product of
/// exp(t a (B - g) - K(t a)) over them is a test martingale, stopped at the end of the texts, and its expectation is 1. The tilts
/// follow from all weights of the suspect, chosen or not, which do not know the key. It needs texts whose prompts were chosen without
/// the key.
/// </remarks>
public static class SupervisedEvidence
{
    private const int Tilts = 21;
    private const double Ratio = 1.4142135623730951;

    /// <summary>The mean over a grid of tilts: an e-value.</summary>
    /// <param name="pairs">The suspect's weights, over all its contexts.</param>
    /// <param name="marked">The contexts of the marked texts.</param>
    /// <param name="list">The scheme with the key that they were marked with.</param>
    /// <exception cref="ArgumentException">The scheme's width is another, or its bits are not independent.</exception>
    public static EValue Of(WeightedPairs pairs, MarkedContexts marked, IGreenList list)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        ArgumentNullException.ThrowIfNull(marked);
        var chosen = pairs.Within(marked);
        var sum = chosen.Sum(list);
        var scale = pairs.Deviation(list.GreenProbability);
        if (scale == 0)
        {
            return EValue.One;
        }

        var values = new EValue[Tilts];
        for (var i = 0; i < values.Length; i++)
        {
            var tilt = Math.Pow(Ratio, i) / scale;
            values[i] = WeightedBernoulliTail.Tilted(sum, chosen.Weights, list.GreenProbability, tilt);
        }

        return EValueCombination.Mean(values);
    }
}
