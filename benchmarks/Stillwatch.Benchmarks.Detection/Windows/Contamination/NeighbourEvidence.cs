using Stillwatch.Benchmarks.Detection.Windows.Features;

namespace Stillwatch.Benchmarks.Detection.Windows.Contamination;

/// <summary>Whether the sample holds neighbourhoods of similar queries nearly whole.</summary>
/// <remarks>
/// The idea of the nearest-neighbour tests of Schilling (JASA 1986) and Henze (Annals of Statistics 1988), as a scan: for every query of
/// the pool, how many of it and its 4, 8, 16 and 32 nearest are in the sample, by the hypergeometric tail, put together by
/// <see cref="SurpriseSum"/>. A narrow group of queries is found by its own size, however wide the rest is. Time: quadratic in the pool
/// once, then linear.
/// </remarks>
internal sealed class NeighbourEvidence(SquareMatrix cosines, TailTable table) : IEvidence
{
    private const int Nearest = 32;

    /// <inheritdoc/>
    public int Statistics => SurpriseSum.Statistics;

    /// <inheritdoc/>
    public IPoolEvidence On(ReadOnlySpan<int> pool)
    {
        var neighbours = new int[pool.Length * Nearest];
        Span<float> best = stackalloc float[Nearest];
        for (var position = 0; position < pool.Length; position++)
        {
            Find(pool, position, best, neighbours.AsSpan(position * Nearest, Nearest));
        }

        return new Neighbourhoods(neighbours, table);
    }

    /// <summary>Inserts every other query into the list of the best so far, most of them nowhere.</summary>
    private void Find(ReadOnlySpan<int> pool, int position, Span<float> best, Span<int> neighbours)
    {
        best.Fill(float.NegativeInfinity);
        var row = cosines.Row(pool[position]);
        for (var other = 0; other < pool.Length; other++)
        {
            var cosine = row[pool[other]];
            if (cosine <= best[^1] || other == position)
            {
                continue;
            }

            var rank = Nearest - 1;
            for (; rank > 0 && best[rank - 1] < cosine; rank--)
            {
                (best[rank], neighbours[rank]) = (best[rank - 1], neighbours[rank - 1]);
            }

            (best[rank], neighbours[rank]) = (cosine, other);
        }
    }

    private sealed class Neighbourhoods(int[] neighbours, TailTable table) : IPoolEvidence
    {
        public void Measure(SampleSet samples, double[][] statistics, int first)
        {
            var (sums, held) = (new SurpriseSum[samples.Count], new SampleCounter(samples, Nearest + 1));
            for (var position = 0; position < samples.Pool; position++)
            {
                var nearest = neighbours.AsSpan(position * Nearest, Nearest);
                var seen = 0;
                held.Clear();
                held.Add(position);
                for (var size = 4; size <= Nearest; size *= 2)
                {
                    for (; seen < size; seen++)
                    {
                        held.Add(nearest[seen]);
                    }

                    var surprises = table.Row(size + 1);
                    held.AddSurprises(surprises, SurpriseSum.FirstThatCounts(surprises), sums);
                }
            }

            SurpriseSum.CopyTo(sums, statistics, first);
        }
    }
}
