using Stillwatch.Provenance.Watermarking;
using Stillwatch.Statistics;

namespace Stillwatch.Provenance.Lineage;

/// <summary>
/// Evidence of a mark, token by token, at which one may look after every token and stop when it suits. One writer.
/// </summary>
/// <remarks>
/// The likelihood ratio of a beta mixture of higher green shares: under the null hypothesis it ever reaches 1/u with probability at most u
/// (Ville 1939). For schemes whose bits that count are independent. For every text that is fixed before the key; whether to go on may hang
/// on what was seen so far.
/// </remarks>
public sealed class GreenEProcess
{
    private readonly GreenListDetector _detector;
    private readonly IGreenList _list;
    private readonly BetaBinomialEValue _mixture;
    private long _scored;
    private long _green;
    private EValue _peak = EValue.One;

    /// <param name="list">The scheme with its key.</param>
    /// <exception cref="ArgumentException">Colours of the scheme depend on each other.</exception>
    public GreenEProcess(IGreenList list)
    {
        ArgumentNullException.ThrowIfNull(list);
        if (list.Dependence == GreenDependence.FixedCountOverall)
        {
            throw new ArgumentException("One list for all contexts gives no independent bits.", nameof(list));
        }

        _list = list;
        _detector = new(
            list, list.Dependence == GreenDependence.Independent ? Deduplication.PairsOnce : Deduplication.ContextsOnce);
        _mixture = new(list.GreenProbability, Alternative.Greater);
    }

    /// <summary>The e-value now.</summary>
    public EValue Wealth { get; private set; } = EValue.One;

    /// <summary>A p-value now and at every time before: one over the largest e-value so far.</summary>
    public PValue AnytimePValue => _peak.ToPValue();

    /// <summary>Tokens that count so far.</summary>
    public long Scored => _scored;

    /// <summary>Takes in a text.</summary>
    public void Add(ReadOnlySpan<int> tokens)
    {
        var width = _list.ContextWidth;
        for (var place = width; place < tokens.Length; place++)
        {
            Add(tokens[(place - width)..place], tokens[place]);
        }
    }

    /// <summary>Takes in an answer; contexts that occur in the prompt do not count (the "tape" rule of Sander et al.).</summary>
    /// <param name="prompt">Empty where there was none.</param>
    /// <param name="completion">The answer; contexts lie within it.</param>
    public void AddCompletion(ReadOnlySpan<int> prompt, ReadOnlySpan<int> completion)
    {
        var width = _list.ContextWidth;
        var tape = RadioactivityTest.WindowsOf(prompt, width);
        for (var place = width; place < completion.Length; place++)
        {
            var context = completion[(place - width)..place];
            if (width == 0 || !tape.Contains(PairIdentity.Of(context, 0).List))
            {
                Add(context, completion[place]);
            }
        }
    }

    /// <summary>Takes in one token after its context.</summary>
    public void Add(ReadOnlySpan<int> context, int token)
    {
        if (_detector.Add(context, token) is { } green)
        {
            _scored++;
            _green += green ? 1 : 0;
            Wealth = _mixture.Of(_green, _scored);
            _peak = Wealth > _peak ? Wealth : _peak;
        }
    }
}
