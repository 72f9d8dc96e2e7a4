namespace Stillwatch.Provenance.Laboratory;

/// <summary>A model of three words in a row, for texts to mark where no larger model is at hand. Immutable; safe from any thread.</summary>
/// <remarks>
/// Interpolated after Witten and Bell (1991): after a context of n tokens with t different ones among them, the shorter context counts
/// t / (n + t). One token of every id is added to the single ones, so that none is impossible. Memory: 12 bytes or more a distinct trigram.
/// </remarks>
public sealed class TrigramModel : ILanguageModel
{
    private readonly double[] _single;
    private readonly Dictionary<int, Dictionary<int, int>> _pairs = [];
    private readonly Dictionary<(int, int), Dictionary<int, int>> _triples = [];

    /// <summary>Trains on a text.</summary>
    /// <param name="text">Ids of at least 0, below the vocabulary.</param>
    /// <param name="vocabulary">At least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">An id is outside the vocabulary.</exception>
    public TrigramModel(ReadOnlySpan<int> text, int vocabulary)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(vocabulary, 1);
        _single = new double[vocabulary];
        Array.Fill(_single, 1.0 / (text.Length + vocabulary));
        for (var i = 0; i < text.Length; i++)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(text[i], nameof(text));
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(text[i], vocabulary, nameof(text));
            _single[text[i]] += 1.0 / (text.Length + vocabulary);
            if (i > 0)
            {
                Count(_pairs, text[i - 1], text[i]);
            }

            if (i > 1)
            {
                Count(_triples, (text[i - 2], text[i - 1]), text[i]);
            }
        }
    }

    /// <inheritdoc/>
    public int Vocabulary => _single.Length;

    /// <inheritdoc/>
    public void FillLogits(ReadOnlySpan<int> context, Span<float> logits)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(logits.Length, Vocabulary);
        var probabilities = (double[])_single.Clone();
        if (context is [.., var last])
        {
            Interpolate(probabilities, _pairs.GetValueOrDefault(last));
        }

        if (context is [.., var before, var latest])
        {
            Interpolate(probabilities, _triples.GetValueOrDefault((before, latest)));
        }

        for (var token = 0; token < logits.Length; token++)
        {
            logits[token] = (float)Math.Log(probabilities[token]);
        }
    }

    private static void Count<T>(Dictionary<T, Dictionary<int, int>> contexts, T context, int token)
        where T : notnull
    {
        var followers = contexts.TryGetValue(context, out var known) ? known : contexts[context] = [];
        followers[token] = followers.GetValueOrDefault(token) + 1;
    }

    private static void Interpolate(double[] shorter, Dictionary<int, int>? followers)
    {
        if (followers is null)
        {
            return;
        }

        var weight = 1.0 / (followers.Values.Sum() + followers.Count);
        for (var token = 0; token < shorter.Length; token++)
        {
            shorter[token] *= followers.Count * weight;
        }

        foreach (var (token, count) in followers)
        {
            shorter[token] += count * weight;
        }
    }
}
