namespace Stillwatch.Benchmarks.Detection.Windows.Contamination;

/// <summary>Whether the sample holds more of the highest or of the lowest values of the pool than a random sample would.</summary>
/// <remarks>
/// The statistic of Berk and Jones, 1979, for two samples: exact hypergeometric tails in place of binomial ones, its largest value over
/// groups from the four most extreme queries to half of the pool. A minority far out in a tail is found in proportion to its share, where a
/// shift of means is found in proportion to the square of it (Donoho and Jin, "Higher criticism for detecting sparse heterogeneous
/// mixtures", Annals of Statistics 2004).
/// </remarks>
/// <param name="values">A number for every query.</param>
/// <param name="table">Tails for the size of the pool and of the sample.</param>
internal sealed class TailEvidence(double[] values, TailTable table) : IEvidence
{
    private const int SmallestGroup = 4;
    private const double Growth = 1.4;

    private readonly int[] _groups = [.. Groups(table.Pool)];

    /// <inheritdoc/>
    public int Statistics => 1;

    /// <inheritdoc/>
    public IPoolEvidence On(ReadOnlySpan<int> pool)
    {
        var order = Enumerable.Range(0, pool.Length).ToArray();
        var keys = new double[pool.Length];
        for (var position = 0; position < pool.Length; position++)
        {
            keys[position] = values[pool[position]];
        }

        Array.Sort(keys, order);
        return new Ranked(order, _groups, table);
    }

    private static IEnumerable<int> Groups(int pool)
    {
        for (double size = SmallestGroup; size <= pool / 2.0; size = Math.Ceiling(size * Growth))
        {
            yield return (int)size;
        }
    }

    private sealed class Ranked(int[] ascending, int[] groups, TailTable table) : IPoolEvidence
    {
        public void Measure(SampleSet samples, double[][] statistics, int first)
        {
            var (low, high) = (new SampleCounter(samples, groups[^1]), new SampleCounter(samples, groups[^1]));
            var (largest, seen) = (new double[samples.Count], 0);
            foreach (var group in groups)
            {
                for (; seen < group; seen++)
                {
                    low.Add(ascending[seen]);
                    high.Add(ascending[^(seen + 1)]);
                }

                var surprises = table.Row(group);
                for (var sample = 0; sample < samples.Count; sample++)
                {
                    var found = Math.Max(low.CountOf(sample), high.CountOf(sample));
                    largest[sample] = Math.Max(largest[sample], surprises[found]);
                }
            }

            for (var sample = 0; sample < samples.Count; sample++)
            {
                statistics[sample][first] = largest[sample];
            }
        }
    }
}
