namespace Stillwatch.Benchmarks.Detection.Windows.Features;

/// <summary>How rare each bucket is in the reference queries: ln((1 + N)/(1 + n)) + 1 for n of N queries that hold it.</summary>
/// <remarks>Spärck Jones 1972, smoothed as if one more query held every bucket. Immutable; safe from any thread.</remarks>
internal sealed class InverseDocumentFrequency
{
    private readonly float[] _weights = new float[NGramHashing.Buckets];

    public InverseDocumentFrequency(IReadOnlyList<SparseQuery> queries, ReadOnlySpan<int> reference)
    {
        var holding = new int[NGramHashing.Buckets];
        foreach (var query in reference)
        {
            foreach (var bucket in queries[query].Buckets)
            {
                holding[bucket]++;
            }
        }

        for (var bucket = 0; bucket < holding.Length; bucket++)
        {
            _weights[bucket] = (float)(Math.Log((1.0 + reference.Length) / (1.0 + holding[bucket])) + 1);
        }
    }

    public float this[int bucket] => _weights[bucket];

    /// <summary>
    /// The mean weight of the n-grams of a query, counted as often as they occur: how improbable its words, or its spelling, are under the
    /// reference. 0 if it has none.
    /// </summary>
    /// <param name="query">The query.</param>
    /// <param name="characters">Whether runs of characters are meant; else words.</param>
    public double MeanOver(SparseQuery query, bool characters)
    {
        var (sum, count) = (0.0, 0);
        for (var i = 0; i < query.Buckets.Length; i++)
        {
            if (query.Buckets[i] >= NGramHashing.FirstOfCharacters == characters)
            {
                sum += (double)query.Counts[i] * _weights[query.Buckets[i]];
                count += query.Counts[i];
            }
        }

        return sum / Math.Max(1, count);
    }
}
