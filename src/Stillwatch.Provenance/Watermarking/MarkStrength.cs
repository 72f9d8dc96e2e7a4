namespace Stillwatch.Provenance.Watermarking;

/// <summary>How far sampling leans to green tokens, as a function of the probability they have together.</summary>
/// <remarks>
/// <see cref="Biased"/> is the soft red list of Kirchenbauer et al. 2023. <see cref="Unbiased"/> leaves every token its probability over
/// the keys, because each colouring and its opposite are equally likely and their changes cancel. It treats apart the head, tokens of a
/// probability of at least 1/128, and the tail, which the key has no part in telling. In the head, the probability m of green ones moves
/// towards min(1, 2m) (the reweighting of Hu et al., "Unbiased watermark for large language models", ICLR 2024, on a colouring instead of a
/// permutation). In the tail two tokens are drawn, and a green one goes before a red one (one layer of the tournament of Dathathri et al.,
/// Nature 634, 2024): m becomes m (2 - m). So only the colours of at most 130 tokens are needed, however large the vocabulary.
/// </remarks>
public readonly record struct MarkStrength
{
    /// <summary>The least probability of a token of the head.</summary>
    internal const double HeadProbability = 1.0 / 128;

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
    /// <param name="share">How much of the way to the strongest form, above 0, at most 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is out of range.</exception>
    public static MarkStrength Unbiased(double share)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(share);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(share, 1);
        return new(0, share);
    }

    /// <summary>The chance that a red token, once drawn, is kept where green ones always are: another way to draw with a bias.</summary>
    internal double? KeptRed => _bias > 0 ? Math.Exp(-_bias) : null;

    /// <summary>What is added to the logits of green tokens; 0 where the mark is unbiased.</summary>
    internal double LogitBias => _bias;

    /// <summary>With which probability an unbiased step is marked in full; null with a bias.</summary>
    internal double? Share => _share > 0 ? _share : null;

    /// <summary>The probability that a marked step gives to green tokens together: with a bias of all, otherwise of the head.</summary>
    /// <param name="green">What they have without a mark, 0 to 1.</param>
    public double GreenMass(double green)
    {
        var marked = _share > 0
            ? green + _share * (Math.Min(1, 2 * green) - green)
            : green / (green + (1 - green) * Math.Exp(-_bias));
        return green <= 0 ? 0 : Math.Clamp(marked, 0, 1);
    }

    /// <summary>Changes the probabilities of a step as a marked one has them: what <see cref="MarkedSampler"/> draws from.</summary>
    /// <param name="probabilities">One a token; they sum to 1.</param>
    /// <param name="isGreen">Colours after the context.</param>
    public void Apply(Span<double> probabilities, Func<int, bool> isGreen)
    {
        ArgumentNullException.ThrowIfNull(isGreen);
        var least = _share > 0 ? HeadProbability : 0;
        var (red, green) = (new double[2], new double[2]);
        for (var token = 0; token < probabilities.Length; token++)
        {
            var part = probabilities[token] >= least ? 0 : 1;
            (isGreen(token) ? green : red)[part] += probabilities[token];
        }

        var (head, tail) = (red[0] + green[0], red[1] + green[1]);
        var mass = head > 0 ? GreenMass(green[0] / head) : 0;
        for (var token = 0; token < probabilities.Length; token++)
        {
            // What is excluded stays so; its part may have nothing to divide by.
            var isTail = probabilities[token] < least;
            probabilities[token] *= (isTail, isGreen(token)) switch
            {
                _ when probabilities[token] == 0 => 0,
                (true, true) => 1 + _share * (1 - green[1] / tail),
                (true, false) => 1 - _share * green[1] / tail,
                (false, true) => mass * head / green[0],
                (false, false) => (1 - mass) * head / red[0],
            };
        }
    }
}
