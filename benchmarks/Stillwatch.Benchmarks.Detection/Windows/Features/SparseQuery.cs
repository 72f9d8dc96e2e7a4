namespace Stillwatch.Benchmarks.Detection.Windows.Features;

/// <summary>What all window detectors see of one query: hashed n-grams with their counts, and how the text is written.</summary>
/// <param name="Buckets">The distinct buckets of <see cref="NGramHashing"/>, ascending.</param>
/// <param name="Counts">How often each bucket was hit.</param>
/// <param name="Words">The hashed words and signs in their order.</param>
/// <param name="Typography">Length, and shares of the kinds of characters.</param>
internal sealed record SparseQuery(int[] Buckets, int[] Counts, ulong[] Words, Typography Typography);
