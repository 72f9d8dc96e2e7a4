using Stillwatch.Benchmarks.Detection.Windows.Features;

namespace Stillwatch.Benchmarks.Detection.Tests.Windows.Features;

public sealed class NGramCosinesTests
{
    private static readonly SparseQuery[] Queries =
        [.. Texts.Benign(30, 1).Concat(Texts.Foreign(10, 2)).Append("").Select(NGramHashing.Extract)];

    private static readonly EmbeddedQueries Embedded = new(Queries, [.. Enumerable.Range(0, 20)]);

    [Fact]
    public void Cosine_OfTwoQueries_IsThatOfTheirWeightedNGrams()
    {
        for (var left = 0; left < Queries.Length; left++)
        {
            for (var right = 0; right < Queries.Length; right++)
            {
                Assert.Equal(Cosine(Weights(Queries[left]), Weights(Queries[right])), Embedded.NGramCosines[left, right], tolerance: 1e-5);
            }
        }
    }

    /// <summary>Five standard errors of the projection.</summary>
    [Fact]
    public void Cosine_OfTheEmbedding_IsAnApproximation()
    {
        for (var query = 1; query < Queries.Length; query++)
        {
            Assert.Equal(Embedded.NGramCosines[0, query], Embedded.Cosines[0, query], tolerance: 5 / Math.Sqrt(384));
        }
    }

    private static Dictionary<int, double> Weights(SparseQuery query)
    {
        var weights = query.Buckets.Select((bucket, i) => (bucket, Weight: (1 + Math.Log(query.Counts[i])) * Embedded.Rarity[bucket]))
            .ToDictionary(static entry => entry.bucket, static entry => entry.Weight);
        foreach (var family in weights.Keys.GroupBy(static bucket => bucket >= NGramHashing.FirstOfCharacters).ToList())
        {
            var length = Math.Sqrt(family.Sum(bucket => weights[bucket] * weights[bucket]));
            foreach (var bucket in family)
            {
                weights[bucket] /= length;
            }
        }

        return weights;
    }

    private static double Cosine(Dictionary<int, double> left, Dictionary<int, double> right)
    {
        var lengths = Math.Sqrt(left.Values.Sum(static weight => weight * weight) * right.Values.Sum(static weight => weight * weight));
        return lengths == 0 ? 0 : left.Sum(entry => entry.Value * right.GetValueOrDefault(entry.Key)) / lengths;
    }
}
