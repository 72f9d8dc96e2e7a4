using Stillwatch.Statistics;

namespace Stillwatch.Provenance.Watermarking;

/// <summary>Counts green tokens over texts, each (context, token) or each context once, and tests the count. One writer.</summary>
/// <remarks>
/// Colours of one pair are the same wherever it stands, so repeats are left out: counting them makes a test whose error grows with the
/// text. The p-value is over random keys, given the texts, which must not depend on the key. It is the binomial tail where bits that count
/// are independent; the hypergeometric tail for one list; and otherwise Hoeffding's bound for draws without replacement (1963, theorems 1
/// and 4). Memory: 16 bytes or more a distinct pair.
/// </remarks>
public sealed class GreenListDetector
{
    /// <summary>Tokens whose places in the set are asked for together: the set outgrows every cache.</summary>
    private const int BatchSize = 64;

    /// <summary>No scheme has this identity but with the probability of any one hash.</summary>
    private const ulong NotCounted = ulong.MaxValue;

    private readonly IGreenList _list;
    private readonly Deduplication _deduplication;
    private readonly FingerprintSet _seen = new();
    private long _scored;
    private long _green;
    private long _repeats;

    /// <param name="list">The scheme with its key.</param>
    /// <param name="deduplication">What counts.</param>
    public GreenListDetector(IGreenList list, Deduplication deduplication = Deduplication.PairsOnce)
    {
        ArgumentNullException.ThrowIfNull(list);
        (_list, _deduplication) = (list, deduplication);
    }

    /// <summary>
    /// Takes in a text; tokens before a whole context do not count, nor do ids outside the vocabulary or contexts with such.
    /// </summary>
    public void Add(ReadOnlySpan<int> tokens)
    {
        var width = _list.ContextWidth;
        Span<ulong> fingerprints = stackalloc ulong[BatchSize];
        for (var first = width; first < tokens.Length; first += BatchSize)
        {
            var batch = Math.Min(BatchSize, tokens.Length - first);
            _seen.Reserve(batch);
            for (var i = 0; i < batch; i++)
            {
                fingerprints[i] = FingerprintOf(tokens.Slice(first + i - width, width), tokens[first + i]);
                _seen.Prefetch(fingerprints[i]);
            }

            for (var i = 0; i < batch; i++)
            {
                Add(tokens.Slice(first + i - width, width), tokens[first + i], fingerprints[i]);
            }
        }
    }

    /// <summary>Takes in one token after its context; for those that count, its colour.</summary>
    /// <returns>Whether it is green; null if it does not count.</returns>
    public bool? Add(ReadOnlySpan<int> context, int token) => Add(context, token, FingerprintOf(context, token));

    /// <summary>The result so far. To look at it and go on is peeking: see the e-process of lineage for a test that allows it.</summary>
    public GreenDetection Result()
    {
        var gamma = _list.GreenProbability;
        var deviation = Math.Sqrt(_scored * gamma * (1 - gamma));
        return new(_scored, _green, _repeats, Test(gamma), _scored == 0 ? 0 : (_green - gamma * _scored) / deviation);
    }

    /// <summary>What may come once only.</summary>
    private ulong FingerprintOf(ReadOnlySpan<int> context, int token)
    {
        if (token < 0 || token >= (_list.Vocabulary ?? int.MaxValue) || context.ContainsAnyInRange(int.MinValue, -1))
        {
            return NotCounted;
        }

        var identity = _list.Identify(context, token);
        return _deduplication == Deduplication.PairsOnce ? identity.Pair : identity.List;
    }

    private bool? Add(ReadOnlySpan<int> context, int token, ulong fingerprint)
    {
        if (fingerprint == NotCounted)
        {
            return null;
        }

        if (!_seen.Add(fingerprint))
        {
            _repeats++;
            return null;
        }

        var green = _list.IsGreen(context, token);
        _scored++;
        _green += green ? 1 : 0;
        return green;
    }

    private PValue Test(double gamma) => _list.Dependence switch
    {
        GreenDependence.FixedCountOverall when _list.Vocabulary is { } vocabulary =>
            HypergeometricTail.AtLeast(_green, vocabulary, (long)Math.Round(gamma * vocabulary), _scored),
        GreenDependence.FixedCountPerContext when _deduplication == Deduplication.PairsOnce => HoeffdingBound(gamma),
        _ => BinomialTail.AtLeast(_green, _scored, gamma),
    };

    /// <summary>exp(-n KL(k/n, gamma)).</summary>
    private PValue HoeffdingBound(double gamma) =>
        _scored == 0 ? PValue.One : WeightedBernoulliTail.AtLeast(_green - gamma * _scored, [1], [_scored], gamma);
}
