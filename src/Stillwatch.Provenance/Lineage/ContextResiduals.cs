using System.Runtime.InteropServices;
using Stillwatch.Provenance.Watermarking;
using Stillwatch.Statistics;

namespace Stillwatch.Provenance.Lineage;

/// <summary>
/// How far a suspect departs, after each context, from what a model without the key expects at the very same places of its texts: the
/// control variate for suspects that see more than the context of a mark. One writer.
/// </summary>
/// <remarks>
/// A reference that sees the mark's context only expects, after "the", one mixture over all texts; what a text is about then passes for a
/// departure, however it was marked. One that reads what the suspect had read takes that out too. If training added small amounts e to the
/// logits of green tokens, the likelihood of a text changes by the sum of e (n - E) over green pairs, in first order, where n is how often
/// the suspect said a token after a context and E how often the reference expected it: n - E is the best weight where the reference is the
/// suspect without the mark. Where it is off by a factor of variance r, n - E varies by E + r E^2, hence the division by 1 + r E. With
/// access to probabilities, the suspect's own take the place of what it happened to say. Texts, references and r are fixed without the
/// key, so that the test stays exact. Memory: 28 bytes or more a distinct (context, token) that either finds possible.
/// </remarks>
public sealed class ContextResiduals
{
    /// <summary>What is less probable than this in both, at a place, is left out there.</summary>
    private const double Least = 1e-4;

    private static readonly double[] Variances = [0.01, 0.1];

    private readonly Dictionary<ulong, (int[] Context, Dictionary<int, (double Seen, double Expected)> Tokens)> _contexts = [];
    private readonly int _width;

    /// <param name="width">Tokens of a context, 0 to <see cref="KeyedGreenBits.MaxContextWidth"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The width is out of range.</exception>
    public ContextResiduals(int width)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(width);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(width, KeyedGreenBits.MaxContextWidth);
        _width = width;
    }

    /// <summary>Places that were taken in.</summary>
    public long Total { get; private set; }

    /// <summary>Takes in a place where the suspect said a token (closed access).</summary>
    /// <param name="context">The ids before it, as many as the width; none of a prompt.</param>
    /// <param name="said">The token.</param>
    /// <param name="expected">The reference's probabilities after all that the suspect had read.</param>
    public void Add(ReadOnlySpan<int> context, int said, ReadOnlySpan<double> expected)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(said);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(said, expected.Length);
        var tokens = TokensAfter(context);
        for (var token = 0; token < expected.Length; token++)
        {
            Add(tokens, token, token == said ? 1 : 0, expected[token]);
        }
    }

    /// <summary>Takes in a place where the suspect's probabilities are known (open access).</summary>
    /// <param name="context">The ids before it, as many as the width.</param>
    /// <param name="probabilities">The suspect's.</param>
    /// <param name="expected">The reference's, after all that the suspect had read.</param>
    public void Add(ReadOnlySpan<int> context, ReadOnlySpan<double> probabilities, ReadOnlySpan<double> expected)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(probabilities.Length, expected.Length);
        var tokens = TokensAfter(context);
        for (var token = 0; token < expected.Length; token++)
        {
            Add(tokens, token, probabilities[token], expected[token]);
        }
    }

    /// <summary>The weights (n - E) / (1 + r E).</summary>
    /// <param name="variance">r, 0 or more: how far the reference is thought to be off, as the variance of a factor.</param>
    public WeightedPairs Weights(double variance)
    {
        ArgumentOutOfRangeException.ThrowIfEqual(variance >= 0 && double.IsFinite(variance), false, nameof(variance));
        var pairs = new WeightedPairs(_width);
        foreach (var (context, tokens) in _contexts.OrderBy(static entry => entry.Key).Select(static entry => entry.Value))
        {
            var ordered = tokens.OrderBy(static token => token.Key).ToArray();
            pairs.Add(
                context,
                [.. ordered.Select(static token => token.Key)],
                [.. ordered.Select(token => (token.Value.Seen - token.Value.Expected) / (1 + (variance * token.Value.Expected)))]);
        }

        return pairs;
    }

    /// <summary>The mean of the e-values of r of 0.01 and of 0.1, so that neither has to be picked after the fact.</summary>
    /// <exception cref="ArgumentException">The scheme's width is another, or its bits are not independent.</exception>
    public EValue Evidence(IGreenList list)
    {
        ArgumentNullException.ThrowIfNull(list);
        return EValueCombination.Mean(
        [
            .. Variances.Select(Weights)
                .Select(pairs => WeightedBernoulliTail.Mixture(pairs.Sum(list), pairs.Weights, list.GreenProbability)),
        ]);
    }

    private static void Add(Dictionary<int, (double Seen, double Expected)> tokens, int token, double seen, double expected)
    {
        if (seen >= Least || expected >= Least)
        {
            ref var sums = ref CollectionsMarshal.GetValueRefOrAddDefault(tokens, token, out _);
            sums = (sums.Seen + seen, sums.Expected + expected);
        }
    }

    private Dictionary<int, (double Seen, double Expected)> TokensAfter(ReadOnlySpan<int> context)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(context.Length, _width);
        Total++;
        var id = PairIdentity.Of(context, 0).List;
        if (!_contexts.TryGetValue(id, out var entry))
        {
            _contexts.Add(id, entry = (context.ToArray(), []));
        }

        return entry.Tokens;
    }
}
