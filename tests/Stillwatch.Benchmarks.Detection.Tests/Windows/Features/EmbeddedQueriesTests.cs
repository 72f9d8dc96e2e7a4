using Stillwatch.Benchmarks.Detection.Windows.Features;

namespace Stillwatch.Benchmarks.Detection.Tests.Windows.Features;

public sealed class EmbeddedQueriesTests
{
    private static readonly EmbeddedQueries Queries = new(
        [.. Texts.Benign(50, 1).Append("").Select(NGramHashing.Extract)], [.. Enumerable.Range(0, 30)]);

    [Fact]
    public void Vectors_OfQueries_HaveUnitLengthOrNone()
    {
        Assert.All(Queries.Vectors.SquaredLengths().Take(50), static square => Assert.Equal(1, square, 5));
        Assert.Equal(0, DenseVector.Dot(Queries.Vectors[50], Queries.Vectors[50]));
    }

    [Fact]
    public void Cosines_OfProjectedQueries_AreNearTheSparseOnes()
    {
        var errors = new List<double>();
        for (var left = 0; left < 50; left++)
        {
            for (var right = 0; right < left; right++)
            {
                errors.Add(Queries.Cosines[left, right] - Sparse(left, right));
            }
        }

        Assert.InRange(Math.Sqrt(errors.Average(static error => error * error)), 0, 1.5 / Math.Sqrt(SignedProjection.Dimensions));
    }

    [Fact]
    public void Rarity_OfABucket_FallsWithItsHolders()
    {
        var common = Queries.Queries[0].Buckets[0];
        var holders = Queries.Queries.Take(30).Count(query => query.Buckets.Contains(common));
        Assert.Equal(Math.Log(31.0 / (1 + holders)) + 1, Queries.Rarity[common], 5);
    }

    [Fact]
    public void Shrinkage_OfAWideSample_IsNearIdentity()
    {
        var white = Whitening.WithShrinkage(Queries.Vectors, [.. Enumerable.Range(0, 30)]).Apply(Queries.Vectors);
        Assert.InRange(white.SquaredLengths().Take(30).Average(), 1, 4 * SignedProjection.Dimensions);
    }

    private static double Sparse(int left, int right) =>
        new[] { false, true }.Sum(characters =>
            Product(left, right, characters) / Math.Sqrt(Product(left, left, characters) * Product(right, right, characters))) / 2;

    private static double Product(int left, int right, bool characters)
    {
        var other = Weights(right, characters);
        return Weights(left, characters).Sum(pair => pair.Value * other.GetValueOrDefault(pair.Key));
    }

    private static Dictionary<int, double> Weights(int query, bool characters)
    {
        var sparse = Queries.Queries[query];
        return sparse.Buckets.Zip(sparse.Counts)
            .Where(pair => pair.First >= NGramHashing.FirstOfCharacters == characters)
            .ToDictionary(static pair => pair.First, pair => (1 + Math.Log(pair.Second)) * Queries.Rarity[pair.First]);
    }
}
