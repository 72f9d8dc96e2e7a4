using Stillwatch.Provenance.Watermarking;

namespace Stillwatch.Provenance.Lineage;

/// <summary>
/// A reference by counts of texts that were written without the key: the own model's without its mark, the suspect's public base's, or
/// public ones. Immutable; safe from any thread.
/// </summary>
/// <remarks>
/// Interpolated after Witten and Bell (1991): after a context of n tokens with t different ones among them, the shorter context counts
/// t / (n + t). One token of every id is added to the single ones. Memory: 12 bytes or more a distinct (context, token) of each width.
/// </remarks>
public sealed class CountedReference : IReferenceModel
{
    private readonly double[] _single;
    private readonly Dictionary<ulong, Dictionary<int, int>>[] _longer;

    /// <param name="texts">Ids of at least 0, below the vocabulary.</param>
    /// <param name="width">Tokens of the longest context, 0 to <see cref="KeyedGreenBits.MaxContextWidth"/>.</param>
    /// <param name="vocabulary">At least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range, or an id outside the vocabulary.</exception>
    public CountedReference(IEnumerable<int[]> texts, int width, int vocabulary)
    {
        ArgumentNullException.ThrowIfNull(texts);
        ArgumentOutOfRangeException.ThrowIfNegative(width);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(width, KeyedGreenBits.MaxContextWidth);
        ArgumentOutOfRangeException.ThrowIfLessThan(vocabulary, 1);
        _single = new double[vocabulary];
        Array.Fill(_single, 1);
        _longer = [.. Enumerable.Range(0, width).Select(static _ => new Dictionary<ulong, Dictionary<int, int>>())];
        var total = (double)vocabulary;
        foreach (var text in texts)
        {
            Count(text);
            total += text.Length;
        }

        for (var token = 0; token < vocabulary; token++)
        {
            _single[token] /= total;
        }
    }

    /// <inheritdoc/>
    public int Vocabulary => _single.Length;

    /// <inheritdoc/>
    public void Fill(ReadOnlySpan<int> context, Span<double> probabilities)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(probabilities.Length, Vocabulary);
        probabilities.Clear();
        var scale = 1.0;
        for (var width = Math.Min(context.Length, _longer.Length); width > 0; width--)
        {
            if (!_longer[width - 1].TryGetValue(PairIdentity.Of(context[^width..], 0).List, out var followers))
            {
                continue;
            }

            var weight = scale / (followers.Values.Sum() + followers.Count);
            foreach (var (token, count) in followers)
            {
                probabilities[token] += count * weight;
            }

            scale = followers.Count * weight;
        }

        for (var token = 0; token < probabilities.Length; token++)
        {
            probabilities[token] += scale * _single[token];
        }
    }

    private void Count(int[] text)
    {
        for (var place = 0; place < text.Length; place++)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(text[place], nameof(text));
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(text[place], Vocabulary, nameof(text));
            _single[text[place]]++;
            for (var width = 1; width <= Math.Min(place, _longer.Length); width++)
            {
                var id = PairIdentity.Of(text.AsSpan((place - width)..place), 0).List;
                var contexts = _longer[width - 1];
                var followers = contexts.TryGetValue(id, out var known) ? known : contexts[id] = [];
                followers[text[place]] = followers.GetValueOrDefault(text[place]) + 1;
            }
        }
    }
}
