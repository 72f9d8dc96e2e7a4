namespace Stillwatch.Provenance.Watermarking;

/// <summary>
/// The published Bayesian detector's posterior: a score, not a p-value, and fitted to one key. Immutable; safe from any thread.
/// </summary>
/// <remarks>
/// Dathathri et al. 2024, supplement: in layer l two distinct tokens meet with probability sigmoid(beta_l + sum over j below l of
/// delta_lj g_j). To make a test of it, its values over random keys must be known.
/// </remarks>
public sealed class SynthIdBayesianScore
{
    private readonly double[] _beta;
    private readonly double[][] _delta;
    private readonly double _priorLogOdds;

    /// <param name="beta">One a layer.</param>
    /// <param name="delta">For each layer the coefficients of the layers before it.</param>
    /// <param name="prior">The probability of a mark beforehand, above 0 and below 1.</param>
    /// <exception cref="ArgumentException">The coefficients do not fit together.</exception>
    public SynthIdBayesianScore(IReadOnlyList<double> beta, IReadOnlyList<IReadOnlyList<double>> delta, double prior)
    {
        ArgumentNullException.ThrowIfNull(beta);
        ArgumentNullException.ThrowIfNull(delta);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(prior, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(prior, 1);
        if (delta.Count != beta.Count || Enumerable.Range(0, delta.Count).Any(layer => delta[layer].Count != layer))
        {
            throw new ArgumentException("Layer l, counted from 0, has l coefficients of layers before it.", nameof(delta));
        }

        _beta = [.. beta];
        _delta = [.. delta.Select(static row => row.ToArray())];
        _priorLogOdds = Math.Log(prior / (1 - prior));
    }

    /// <summary>The posterior probability of a mark under the fitted model.</summary>
    /// <param name="gValues">One a position that counts, that of layer i as bit i.</param>
    public double Posterior(ReadOnlySpan<ulong> gValues)
    {
        var logOdds = _priorLogOdds;
        foreach (var bits in gValues)
        {
            logOdds += LogOdds(bits);
        }

        return 1 / (1 + Math.Exp(-logOdds));
    }

    private double LogOdds(ulong bits)
    {
        var sum = 0.0;
        for (var layer = 0; layer < _beta.Length; layer++)
        {
            var logit = _beta[layer];
            for (var before = 0; before < layer; before++)
            {
                logit += _delta[layer][before] * ((bits >> before) & 1);
            }

            var distinct = 1 / (1 + Math.Exp(-logit));
            var bit = (bits >> layer) & 1;
            sum += Math.Log((bit + 0.5) * distinct + (1 - distinct));
        }

        return sum;
    }
}
