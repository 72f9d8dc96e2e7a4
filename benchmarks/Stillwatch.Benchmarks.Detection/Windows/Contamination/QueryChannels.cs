using Stillwatch.Benchmarks.Detection.Windows.Features;

namespace Stillwatch.Benchmarks.Detection.Windows.Contamination;

/// <summary>Numbers of single queries, each of which says in its own way how unlike the reference a query is.</summary>
internal static class QueryChannels
{
    private const int Nearest = 5;

    /// <summary>Added to the variance of each channel, so that one that never varies is no division by zero.</summary>
    private const double Ridge = 1e-9;

    /// <summary>The mean cosine to the five nearest reference queries.</summary>
    public static double[] Nearness(SquareMatrix cosines, int[] reference)
    {
        var nearness = new double[cosines.Size];
        Parallel.For(0, cosines.Size, query =>
        {
            Span<float> best = stackalloc float[Nearest];
            best.Fill(-1);
            var row = cosines.Row(query);
            foreach (var other in reference)
            {
                if (row[other] > best[0] && other != query)
                {
                    best[0] = row[other];
                    best.Sort();
                }
            }

            foreach (var cosine in best)
            {
                nearness[query] += cosine / Nearest;
            }
        });
        return nearness;
    }

    /// <summary>How improbable words and spelling are, and how the text is written.</summary>
    public static double[][] OfText(EmbeddedQueries queries) =>
    [
        Of(queries, query => queries.Rarity.MeanOver(query, characters: false)),
        Of(queries, query => queries.Rarity.MeanOver(query, characters: true)),
        Of(queries, static query => query.Typography.LogLength),
        Of(queries, static query => query.Typography.Upper),
        Of(queries, static query => query.Typography.Digits),
        Of(queries, static query => query.Typography.Signs),
        Of(queries, static query => query.Typography.WordLength),
    ];

    /// <summary>The channels of each query as a vector, with unit covariance over the reference.</summary>
    public static QueryVectors Whitened(double[][] channels, ReadOnlySpan<int> reference)
    {
        var vectors = QueryVectors.Of(channels[0].Length, channels.Length, query => channels.Select(channel => channel[query]));
        return Whitening.WithRidge(vectors, reference, Ridge).Apply(vectors);
    }

    private static double[] Of(EmbeddedQueries queries, Func<SparseQuery, double> value) => [.. queries.Queries.Select(value)];
}
