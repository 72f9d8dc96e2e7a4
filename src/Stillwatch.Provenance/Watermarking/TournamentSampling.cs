namespace Stillwatch.Provenance.Watermarking;

/// <summary>The distribution of the winner of SynthID-Text's tournament, layer by layer. Stateless; safe from any thread.</summary>
/// <remarks>
/// Dathathri et al. 2024. With two leaves a layer changes no probability on average over the bits; with more it does, and marks more
/// strongly.
/// </remarks>
public static class TournamentSampling
{
    /// <summary>Replaces probabilities by those of the winner.</summary>
    /// <param name="probabilities">Of the candidates; they sum to one, before and after.</param>
    /// <param name="gValues">Of the candidates, that of layer i as bit i.</param>
    /// <param name="depth">Number of layers.</param>
    /// <param name="leaves">Candidates drawn into each match, at least 2.</param>
    /// <exception cref="ArgumentOutOfRangeException">The lengths differ, or a number is out of range.</exception>
    public static void Apply(Span<double> probabilities, ReadOnlySpan<ulong> gValues, int depth, int leaves = 2)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(gValues.Length, probabilities.Length);
        ArgumentOutOfRangeException.ThrowIfLessThan(leaves, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(depth, SynthIdTextFunction.MaxDepth);
        for (var layer = 0; layer < depth; layer++)
        {
            var mass = 0.0;
            for (var i = 0; i < probabilities.Length; i++)
            {
                mass += ((gValues[i] >> layer) & 1) * probabilities[i];
            }

            var (one, zero) = Factors(mass, leaves);
            for (var i = 0; i < probabilities.Length; i++)
            {
                probabilities[i] *= ((gValues[i] >> layer) & 1) != 0 ? one : zero;
            }
        }
    }

    /// <summary>What probabilities of candidates with bit 1 and with bit 0 are multiplied by, where those with 1 have this mass.</summary>
    private static (double One, double Zero) Factors(double mass, int leaves) =>
        leaves == 2
            ? (2 - mass, 1 - mass)
            : (mass > 0 ? (1 - Math.Pow(1 - mass, leaves)) / mass : 0, Math.Pow(1 - mass, leaves - 1));
}
