namespace Stillwatch.Provenance.Watermarking;

/// <summary>How far sampling leans to green tokens, as a function of the probability they have together.</summary>
/// <remarks>
/// <see cref="Biased"/> is the soft red list of Kirchenbauer et al. 2023. <see cref="Unbiased"/> moves their probability m towards min(1,
/// 2m) (the reweighting of Hu et al., "Unbiased watermark for large language models", ICLR 2024, on a colouring instead of a permutation):
/// over the keys every token keeps its probability, because each colouring and its opposite are equally likely and their changes cancel.
/// </remarks>
public readonly record struct MarkStrength
{
    private readonly double _bias;
    private readonly double _share;

    private MarkStrength(double bias, double share) => (_bias, _share) = (bias, share);

    /// <summary>Adds a number to the logits of green tokens.</summary>
    /// <param name="logitBias">Above 0, at most 20; published: 2.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is out of range.</exception>
    public static MarkStrength Biased(double logitBias)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(logitBias);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(logitBias, 20);
        return new(logitBias, 0);
    }

    /// <summary>Changes no probability on average over the keys.</summary>
    /// <param name="share">How much of the way to min(1, 2m), above 0, at most 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is out of range.</exception>
    public static MarkStrength Unbiased(double share)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(share);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(share, 1);
        return new(0, share);
    }

    /// <summary>The chance that a red token, once drawn, is kept where green ones always are: another way to draw with a bias.</summary>
    internal double? KeptRed => _bias > 0 ? Math.Exp(-_bias) : null;

    /// <summary>The probability that a marked step gives to green tokens together.</summary>
    /// <param name="green">What they have without a mark, 0 to 1.</param>
    public double GreenMass(double green)
    {
        var marked = _share > 0
            ? green + _share * (Math.Min(1, 2 * green) - green)
            : green / (green + (1 - green) * Math.Exp(-_bias));
        return green <= 0 ? 0 : Math.Clamp(marked, 0, 1);
    }
}
