namespace Stillwatch.Provenance.Lineage;

/// <summary>Weights of one context for a suspect whose probabilities can be read (open access). Stateless.</summary>
public static class OpenWeights
{
    private const double Smallest = 1e-12;

    /// <summary>Fills in the weights of all tokens.</summary>
    /// <param name="weighting">An open one.</param>
    /// <param name="suspect">The suspect's probabilities.</param>
    /// <param name="reference">The reference's.</param>
    /// <param name="weights">One a token.</param>
    /// <exception cref="ArgumentException">The weighting is closed.</exception>
    public static void Fill(Weighting weighting, ReadOnlySpan<double> suspect, ReadOnlySpan<double> reference, Span<double> weights)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(reference.Length, suspect.Length);
        ArgumentOutOfRangeException.ThrowIfNotEqual(weights.Length, suspect.Length);
        for (var token = 0; token < weights.Length; token++)
        {
            var (p, q) = (Math.Max(suspect[token], Smallest), Math.Max(reference[token], Smallest));
            weights[token] = weighting switch
            {
                Weighting.Difference => p - q,
                Weighting.LogRatio => Math.Sqrt(q) * Math.Log(p / q),
                _ => throw new ArgumentException($"{weighting} is no weighting of probabilities.", nameof(weighting)),
            };
        }
    }
}
