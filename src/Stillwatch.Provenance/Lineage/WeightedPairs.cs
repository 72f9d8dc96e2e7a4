using System.Runtime.InteropServices;
using Stillwatch.Provenance.Watermarking;
using Stillwatch.Statistics;

namespace Stillwatch.Provenance.Lineage;

/// <summary>
/// The weighted exact test of radioactivity: weights on (context, token), fixed without the key, against the key's colours. One writer
/// while it is filled; then safe from any thread.
/// </summary>
/// <remarks>
/// Under the null hypothesis the suspect knows nothing of the key, so that whatever was computed from it is fixed while the colours are
/// independent bits; the tail of their weighted sum is bounded for every number of bits. Subtracting a reference in the weights removes the
/// noise of ordinary word frequencies, and all repeats count: this is where it gains over counting distinct pairs. Not for lists of a fixed
/// number of green tokens, whose bits are not independent.
/// </remarks>
public sealed class WeightedPairs
{
    /// <summary>Contexts with more tokens get all colours of the vocabulary at once.</summary>
    private const int ManyTokens = 24;

    private readonly List<int> _contexts = [];
    private readonly List<int> _ends = [];
    private readonly List<int> _tokens = [];
    private readonly List<double> _weights = [];
    private readonly HashSet<ulong> _seen = [];
    private readonly int _width;
    private int _highest;

    /// <param name="width">Tokens of a context.</param>
    public WeightedPairs(int width) => _width = width;

    /// <summary>Pairs with a weight.</summary>
    public int Count => _tokens.Count;

    internal ReadOnlySpan<double> Weights => CollectionsMarshal.AsSpan(_weights);

    /// <summary>Weights of a suspect's counts.</summary>
    /// <param name="counts">What it said.</param>
    /// <param name="weighting">A closed one.</param>
    /// <param name="reference">Needed for <see cref="Weighting.StandardizedCount"/>.</param>
    /// <param name="leastExpected">Tokens that did not occur and were expected fewer times than this are left out.</param>
    /// <exception cref="ArgumentException">The weighting is open, or its reference is missing.</exception>
    public static WeightedPairs Of(
        ContextCounts counts, Weighting weighting, IReferenceModel? reference = null, double leastExpected = 0.01)
    {
        ArgumentNullException.ThrowIfNull(counts);
        if (weighting is Weighting.Difference or Weighting.LogRatio || (weighting == Weighting.StandardizedCount && reference is null))
        {
            throw new ArgumentException($"{weighting} is no weighting of counts, or lacks its reference.", nameof(weighting));
        }

        var pairs = new WeightedPairs(counts.Width);
        var expected = new double[weighting == Weighting.StandardizedCount ? reference!.Vocabulary : 0];
        foreach (var (context, tokens) in counts.Contexts)
        {
            if (weighting != Weighting.StandardizedCount)
            {
                var ordered = tokens.OrderBy(static token => token.Key).ToArray();
                pairs.Add(
                    context,
                    [.. ordered.Select(static token => token.Key)],
                    [.. ordered.Select(token => weighting == Weighting.Presence ? 1.0 : token.Value)]);
                continue;
            }

            reference!.Fill(context, expected);
            pairs.AddStandardized(context, tokens, expected, leastExpected);
        }

        return pairs;
    }

    /// <summary>Adds the weights of one context, each of which may come once.</summary>
    /// <param name="context">Its ids, oldest first.</param>
    /// <param name="tokens">Distinct ids of at least 0.</param>
    /// <param name="weights">One a token; finite, and computed without the key.</param>
    /// <exception cref="ArgumentException">The context came before, or the numbers do not fit.</exception>
    public void Add(ReadOnlySpan<int> context, ReadOnlySpan<int> tokens, ReadOnlySpan<double> weights)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(context.Length, _width);
        ArgumentOutOfRangeException.ThrowIfNotEqual(weights.Length, tokens.Length);
        if (!_seen.Add(PairIdentity.Of(context, 0).List))
        {
            throw new ArgumentException("A context comes once: add its weights before.", nameof(context));
        }

        for (var i = 0; i < tokens.Length; i++)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(tokens[i], nameof(tokens));
            ArgumentOutOfRangeException.ThrowIfEqual(double.IsFinite(weights[i]), false, nameof(weights));
            _highest = Math.Max(_highest, tokens[i]);
        }

        _contexts.AddRange(context);
        _tokens.AddRange(tokens);
        _weights.AddRange(weights);
        _ends.Add(_tokens.Count);
    }

    /// <summary>The sum under one key; for many keys, of which few are worth a p-value.</summary>
    /// <exception cref="ArgumentException">The scheme's width is another, or its bits are not independent.</exception>
    public double Sum(IGreenList list)
    {
        Check(list);
        var words = new ulong[KeyedGreenBits.WordsFor(_highest + 1)];
        var (sum, first) = (0.0, 0);
        for (var i = 0; i < _ends.Count; i++)
        {
            var context = CollectionsMarshal.AsSpan(_contexts).Slice(i * _width, _width);
            sum += SumOf(list, context, first, _ends[i], words);
            first = _ends[i];
        }

        return sum;
    }

    /// <summary>The test under one key.</summary>
    /// <exception cref="ArgumentException">The scheme's width is another, or its bits are not independent.</exception>
    public WeightedGreenResult Test(IGreenList list)
    {
        Check(list);
        return TestOf(Sum(list), list.GreenProbability);
    }

    internal WeightedGreenResult TestOf(double sum, double gamma)
    {
        var deviation = Deviation(gamma);
        return new(
            sum,
            deviation == 0 ? 0 : sum / deviation,
            WeightedBernoulliTail.AtLeast(sum, Weights, gamma),
            WeightedBernoulliTail.Mixture(sum, Weights, gamma));
    }

    /// <summary>The standard deviation of the sum under the null hypothesis.</summary>
    internal double Deviation(double gamma)
    {
        var squares = 0.0;
        foreach (var weight in Weights)
        {
            squares += weight * weight;
        }

        return Math.Sqrt(gamma * (1 - gamma) * squares);
    }

    /// <summary>The pairs whose contexts are among those of marked texts.</summary>
    internal WeightedPairs Within(MarkedContexts marked)
    {
        var (chosen, first) = (new WeightedPairs(_width), 0);
        for (var i = 0; i < _ends.Count; i++)
        {
            var context = CollectionsMarshal.AsSpan(_contexts).Slice(i * _width, _width);
            if (marked.Contains(context))
            {
                chosen.Add(context, CollectionsMarshal.AsSpan(_tokens)[first.._ends[i]], Weights[first.._ends[i]]);
            }

            first = _ends[i];
        }

        return chosen;
    }

    private void Check(IGreenList list)
    {
        ArgumentNullException.ThrowIfNull(list);
        if (list.ContextWidth != _width || list.Dependence != GreenDependence.Independent)
        {
            throw new ArgumentException($"A scheme of width {_width} with independent bits is needed.", nameof(list));
        }
    }

    private double SumOf(IGreenList list, ReadOnlySpan<int> context, int first, int end, ulong[] words)
    {
        var sum = 0.0;
        var all = end - first > ManyTokens ? list as KeyedGreenBits : null;
        all?.Fill(context, words);
        for (var i = first; i < end; i++)
        {
            var token = _tokens[i];
            var green = all is null ? list.IsGreen(context, token) : ((words[token >> 6] >> token) & 1) != 0;
            sum += _weights[i] * ((green ? 1 : 0) - list.GreenProbability);
        }

        return sum;
    }

    private void AddStandardized(
        int[] context, IReadOnlyDictionary<int, int> tokens, ReadOnlySpan<double> probabilities, double leastExpected)
    {
        var total = tokens.Values.Sum();
        var (ids, weights) = (new List<int>(), new List<double>());
        for (var token = 0; token < probabilities.Length; token++)
        {
            var (expected, seen) = (total * probabilities[token], tokens.GetValueOrDefault(token));
            if (seen > 0 || expected >= leastExpected)
            {
                ids.Add(token);
                weights.Add((seen - expected) / Math.Sqrt(expected + 1));
            }
        }

        Add(context, CollectionsMarshal.AsSpan(ids), CollectionsMarshal.AsSpan(weights));
    }
}
