namespace Stillwatch.Benchmarks.Detection.Windows.Features;

/// <summary>The cosines that <see cref="SignedProjection"/> keeps approximately, taken from the n-grams themselves.</summary>
/// <remarks>
/// The same weights, words and runs of characters scaled to the same length; only the projection is left out, whose error of 1/sqrt(384)
/// is as large as the cosine of two texts on one subject. By lists of the holders of each n-gram. Time: for each n-gram the square of the
/// number of its holders, by half. Stateless; safe from any thread.
/// </remarks>
internal static class NGramCosines
{
    /// <summary>The cosines between all queries; a query without an n-gram has 0 with every one.</summary>
    public static SquareMatrix Between(IReadOnlyList<SparseQuery> queries, InverseDocumentFrequency rarity)
    {
        var weights = queries.AsParallel().AsOrdered().Select(query => Weights(query, rarity)).ToArray();
        var first = FirstHolders(queries);
        var (holders, held) = (new int[first[^1]], new float[first[^1]]);
        var next = first.AsSpan(0, NGramHashing.Buckets).ToArray();
        for (var query = 0; query < weights.Length; query++)
        {
            for (var i = 0; i < weights[query].Length; i++)
            {
                var at = next[queries[query].Buckets[i]]++;
                (holders[at], held[at]) = (query, weights[query][i]);
            }
        }

        return SquareMatrix.OfRows(queries.Count, (row, cells) =>
        {
            for (var i = 0; i < weights[row].Length; i++)
            {
                var (bucket, weight) = (queries[row].Buckets[i], weights[row][i]);
                for (var at = first[bucket]; at < first[bucket + 1] && holders[at] <= row; at++)
                {
                    cells[holders[at]] += weight * held[at];
                }
            }
        });
    }

    /// <summary>Where the holders of each bucket begin when those of all buckets stand one after another.</summary>
    private static int[] FirstHolders(IReadOnlyList<SparseQuery> queries)
    {
        var first = new int[NGramHashing.Buckets + 1];
        foreach (var query in queries)
        {
            foreach (var bucket in query.Buckets)
            {
                first[bucket + 1]++;
            }
        }

        for (var bucket = 0; bucket < NGramHashing.Buckets; bucket++)
        {
            first[bucket + 1] += first[bucket];
        }

        return first;
    }

    /// <summary>The weight of each bucket of a query, so that their squares add up to 1.</summary>
    private static float[] Weights(SparseQuery query, InverseDocumentFrequency rarity)
    {
        var weights = new float[query.Buckets.Length];
        var (words, characters) = (0.0, 0.0);
        for (var i = 0; i < weights.Length; i++)
        {
            weights[i] = (float)(1 + Math.Log(query.Counts[i])) * rarity[query.Buckets[i]];
            var square = (double)weights[i] * weights[i];
            (words, characters) = IsWord(i) ? (words + square, characters) : (words, characters + square);
        }

        var families = (words > 0 ? 1 : 0) + (characters > 0 ? 1 : 0);
        for (var i = 0; i < weights.Length; i++)
        {
            weights[i] /= (float)Math.Sqrt(families * (IsWord(i) ? words : characters));
        }

        return weights;

        bool IsWord(int i) => query.Buckets[i] < NGramHashing.FirstOfCharacters;
    }
}
