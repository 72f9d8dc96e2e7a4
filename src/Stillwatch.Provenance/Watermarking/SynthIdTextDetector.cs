using Stillwatch.Statistics;

namespace Stillwatch.Provenance.Watermarking;

/// <summary>Counts the g-values of texts, each n-gram once, and tests them. One writer.</summary>
/// <remarks>
/// Each n-gram counts once over all texts, because its bits are the same wherever it stands. The null hypothesis is that the texts do not
/// depend on the keys; the hash is taken for a random function of them.
/// </remarks>
public sealed class SynthIdTextDetector
{
    private readonly SynthIdTextFunction _function;
    private readonly HashSet<ulong> _seen = [];
    private readonly long[] _ones;

    /// <param name="function">The scheme with its keys.</param>
    public SynthIdTextDetector(SynthIdTextFunction function)
    {
        ArgumentNullException.ThrowIfNull(function);
        _function = function;
        _ones = new long[function.Depth];
    }

    /// <summary>Distinct n-grams so far.</summary>
    public long Ngrams => _seen.Count;

    /// <summary>The share of ones among all bits: the published mean score, no p-value; 0 for no n-gram.</summary>
    public double MeanScore => Ngrams == 0 ? 0 : (double)_ones.Sum() / (Ngrams * _function.Depth);

    /// <summary>The mean with the published weights, which fall from 10 to 1 over the layers: a score.</summary>
    public double WeightedMeanScore
    {
        get
        {
            var weights = LayerWeights();
            return Ngrams == 0 ? 0 : _ones.Zip(weights, static (ones, weight) => ones * weight).Sum() / (Ngrams * weights.Sum());
        }
    }

    /// <summary>Takes in a text.</summary>
    public void Add(ReadOnlySpan<int> tokens)
    {
        for (var end = _function.NgramLength; end <= tokens.Length; end++)
        {
            var ngram = tokens[(end - _function.NgramLength)..end];
            if (_seen.Add(PairIdentity.Of(ngram[..^1], ngram[^1]).Pair))
            {
                Count(_function.GValues(ngram));
            }
        }
    }

    /// <summary>The exact binomial p-value of the number of ones.</summary>
    public PValue Test() => BinomialTail.AtLeast(_ones.Sum(), Ngrams * _function.Depth, 0.5);

    /// <summary>The p-value of the weighted number of ones: a rigorous bound.</summary>
    public PValue WeightedTest()
    {
        var weights = LayerWeights();
        var sum = _ones.Zip(weights, (ones, weight) => weight * (ones - Ngrams / 2.0)).Sum();
        return WeightedBernoulliTail.AtLeast(sum, weights, [.. weights.Select(_ => Ngrams)], 0.5);
    }

    private void Count(ulong bits)
    {
        for (var layer = 0; layer < _ones.Length; layer++)
        {
            _ones[layer] += (long)((bits >> layer) & 1);
        }
    }

    private double[] LayerWeights() =>
        _function.Depth == 1
            ? [1]
            : [.. Enumerable.Range(0, _function.Depth).Select(layer => 10 - 9.0 * layer / (_function.Depth - 1))];
}
