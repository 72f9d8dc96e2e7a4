using Stillwatch.Statistics;

namespace Stillwatch.Provenance.Watermarking;

/// <summary>The test of TextSeal's Gumbel-max mark: the sum of -ln(1 - u) over distinct pairs of window and token. One writer.</summary>
/// <remarks>
/// u has 8191 values from 0 on, so each term is at most what it would be for a uniform number, and the Gamma tail of the sum is valid; the
/// published binomial p-value is a mid-p, which is not. Pairs whose sums meet have one value and count once.
/// </remarks>
public sealed class TextSealScore
{
    private readonly int _width;
    private readonly long _key;
    private readonly HashSet<long> _seen = [];

    /// <param name="width">Tokens of the window, 1 to <see cref="TextSealFunction.MaxWindow"/>.</param>
    /// <param name="key">The secret key.</param>
    /// <exception cref="ArgumentOutOfRangeException">The width is out of range.</exception>
    public TextSealScore(int width, long key)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(width, TextSealFunction.MaxWindow);
        (_width, _key) = (width, key);
    }

    /// <summary>Distinct pairs so far.</summary>
    public long Pairs => _seen.Count;

    /// <summary>The sum so far.</summary>
    public double Score { get; private set; }

    /// <summary>Takes in a text.</summary>
    public void Add(ReadOnlySpan<int> tokens)
    {
        for (var place = _width; place < tokens.Length; place++)
        {
            var window = tokens[(place - _width)..place];
            if (_seen.Add(TextSealFunction.Sum(window, tokens[place])))
            {
                Score -= Math.Log(1 - (double)TextSealFunction.Value(window, tokens[place], _key) / TextSealFunction.Values);
            }
        }
    }

    /// <summary>The p-value.</summary>
    public PValue Test() => Pairs == 0 ? PValue.One : GammaTail.AtLeast(Score, Pairs);
}
