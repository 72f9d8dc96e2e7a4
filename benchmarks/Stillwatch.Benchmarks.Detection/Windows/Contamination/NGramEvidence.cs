using Stillwatch.Benchmarks.Detection.Windows.Features;

namespace Stillwatch.Benchmarks.Detection.Windows.Contamination;

/// <summary>Whether some n-grams are held by more queries of the sample than by a random sample's.</summary>
/// <remarks>
/// Words, pairs of words and runs of three characters that at least four queries of the pool hold, and at most half of all: their
/// hypergeometric tails over the pool and the reference together, put together by <see cref="SurpriseSum"/>. N-grams depend on one another,
/// and the reference is never in a sample, so no such sum is a p-value by itself. Time: the n-grams of the pool.
/// </remarks>
internal sealed class NGramEvidence : IEvidence
{
    private const int MinHolders = 4;

    private readonly IReadOnlyList<SparseQuery> _queries;
    private readonly int[] _inReference;
    private readonly TailTable _table;

    /// <param name="queries">All queries.</param>
    /// <param name="reference">Benign queries that no sample is drawn from.</param>
    /// <param name="calibration">Number of calibration queries.</param>
    /// <param name="window">Queries in a window.</param>
    public NGramEvidence(IReadOnlyList<SparseQuery> queries, ReadOnlySpan<int> reference, int calibration, int window)
    {
        _queries = queries;
        _inReference = Holders(reference);
        _table = new(reference.Length + calibration + window, window);
    }

    /// <inheritdoc/>
    public int Statistics => SurpriseSum.Statistics;

    /// <inheritdoc/>
    public IPoolEvidence On(ReadOnlySpan<int> pool)
    {
        var holders = Holders(pool);
        var sizes = new List<int>();
        for (var bucket = 0; bucket < holders.Length; bucket++)
        {
            var all = holders[bucket] + _inReference[bucket];
            var kept = holders[bucket] >= MinHolders && all <= _table.Pool / 2;
            if (kept)
            {
                sizes.Add(all);
            }

            holders[bucket] = kept ? sizes.Count : 0;
        }

        return new Incidence(Positions(pool, holders, sizes.Count), [.. sizes], _table);
    }

    private int[] Holders(ReadOnlySpan<int> among)
    {
        var holders = new int[NGramHashing.FirstOfLongRuns];
        foreach (var query in among)
        {
            foreach (var bucket in Short(_queries[query]))
            {
                holders[bucket]++;
            }
        }

        return holders;
    }

    private static ReadOnlySpan<int> Short(SparseQuery query)
    {
        var end = Array.BinarySearch(query.Buckets, NGramHashing.FirstOfLongRuns);
        return query.Buckets.AsSpan(0, end < 0 ? ~end : end);
    }

    /// <summary>The positions of the holders of each kept n-gram, whose number is one more than its place; 0 is not kept.</summary>
    private List<int>[] Positions(ReadOnlySpan<int> pool, int[] numbers, int kept)
    {
        var positions = new List<int>[kept];
        for (var ngram = 0; ngram < kept; ngram++)
        {
            positions[ngram] = new(MinHolders);
        }

        for (var position = 0; position < pool.Length; position++)
        {
            foreach (var bucket in Short(_queries[pool[position]]))
            {
                if (numbers[bucket] > 0)
                {
                    positions[numbers[bucket] - 1].Add(position);
                }
            }
        }

        return positions;
    }

    private sealed class Incidence(List<int>[] holders, int[] sizes, TailTable table) : IPoolEvidence
    {
        public void Measure(SampleSet samples, double[][] statistics, int first)
        {
            var (sums, held) = (new SurpriseSum[samples.Count], new SampleCounter(samples, samples.Pool));
            for (var ngram = 0; ngram < holders.Length; ngram++)
            {
                held.Clear();
                foreach (var position in holders[ngram])
                {
                    held.Add(position);
                }

                var surprises = table.Row(sizes[ngram]);
                held.AddSurprises(surprises, SurpriseSum.FirstThatCounts(surprises), sums);
            }

            SurpriseSum.CopyTo(sums, statistics, first);
        }
    }
}
