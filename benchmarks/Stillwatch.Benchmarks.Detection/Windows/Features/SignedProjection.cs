using System.Runtime.Intrinsics;
using Stillwatch.Statistics;

namespace Stillwatch.Benchmarks.Detection.Windows.Features;

/// <summary>
/// The embedding that stands in for a sentence encoder: weighted n-grams, projected to 384 dimensions by random signs, of unit length.
/// </summary>
/// <remarks>
/// Achlioptas, "Database-friendly random projections", JCSS 2003: cosines are kept up to a standard error of 1/sqrt(384). An n-gram weighs
/// (1 + ln count) times its inverse document frequency; words and runs of characters are scaled to the same length before they are added.
/// The signs depend on the bucket and a constant alone. Stateless; safe from any thread.
/// </remarks>
internal static class SignedProjection
{
    public const int Dimensions = 384;

    private const ulong Seed = 384;
    private const int WordsOfBits = Dimensions / 64;
    private const int BlocksAWord = 8;

    /// <summary>For each byte, the sign bits of eight numbers.</summary>
    private static readonly Vector256<int>[] SignBits = [.. Enumerable.Range(0, 256).Select(SignsOf)];

    /// <summary>Writes the embedding of a query; zeros if it has no n-gram.</summary>
    public static void Embed(SparseQuery query, InverseDocumentFrequency rarity, Span<float> embedding)
    {
        Span<float> part = stackalloc float[Dimensions];
        embedding.Clear();
        foreach (var characters in (ReadOnlySpan<bool>)[false, true])
        {
            part.Clear();
            var length = Project(query, rarity, characters, part);
            for (var d = 0; d < Dimensions; d++)
            {
                embedding[d] += length == 0 ? 0 : part[d] / length;
            }
        }

        DenseVector.Normalize(embedding);
    }

    /// <summary>Adds up the signed weights of one family and returns the length of the family's vector of weights.</summary>
    private static float Project(SparseQuery query, InverseDocumentFrequency rarity, bool characters, Span<float> sum)
    {
        var squares = 0.0;
        for (var i = 0; i < query.Buckets.Length; i++)
        {
            var bucket = query.Buckets[i];
            if (bucket >= NGramHashing.FirstOfCharacters == characters)
            {
                var weight = (float)(1 + Math.Log(query.Counts[i])) * rarity[bucket];
                squares += (double)weight * weight;
                AddSigned(bucket, weight, sum);
            }
        }

        return (float)Math.Sqrt(squares);
    }

    private static void AddSigned(int bucket, float weight, Span<float> sum)
    {
        var generator = new SeededGenerator(Seed, (ulong)bucket);
        var weights = Vector256.Create(weight).AsInt32();
        for (var word = 0; word < WordsOfBits; word++)
        {
            var bits = generator.NextUInt64();
            for (var block = 0; block < BlocksAWord; block++)
            {
                var at = sum.Slice((word * BlocksAWord + block) * 8, 8);
                (Vector256.Create<float>(at) + (weights ^ SignBits[(byte)(bits >> (8 * block))]).AsSingle()).CopyTo(at);
            }
        }
    }

    private static Vector256<int> SignsOf(int bits)
    {
        var signs = new int[8];
        for (var i = 0; i < signs.Length; i++)
        {
            signs[i] = (bits >> i & 1) == 1 ? int.MinValue : 0;
        }

        return Vector256.Create(signs);
    }
}
