using Stillwatch.Statistics;

namespace Stillwatch.Campaigns.Evidence;

/// <summary>Whether the members carry more equal loads than accounts drawn from other groups: work that is dealt out evenly.</summary>
/// <remarks>
/// Statistic: standard deviation of the logarithm of the members' interactions. Null: as many accounts drawn without replacement from
/// the reference accounts; randomization p-value, exact if the members are drawn like these.
/// </remarks>
internal static class LoadBalanceTest
{
    private const int Draws = 499;

    /// <summary>The spread of the members' loads and its p-value; null if there are too few reference accounts.</summary>
    public static (double Spread, PValue Chance)? Test(IReadOnlyList<double> loads, IReadOnlyList<double> reference, ulong seed)
    {
        if (loads.Count < 4 || reference.Count < 3 * loads.Count)
        {
            return null;
        }

        var observed = Spread(loads);
        var generator = new SeededGenerator(seed);
        var pool = reference.ToArray();
        var drawn = new double[loads.Count];
        var atMost = 1;
        for (var draw = 0; draw < Draws; draw++)
        {
            for (var i = 0; i < drawn.Length; i++)
            {
                var pick = i + generator.Next(pool.Length - i);
                (pool[i], pool[pick]) = (pool[pick], pool[i]);
                drawn[i] = pool[i];
            }

            atMost += Spread(drawn) <= observed ? 1 : 0;
        }

        return (observed, PValue.FromProbability((double)atMost / (Draws + 1)));
    }

    private static double Spread(IReadOnlyList<double> loads)
    {
        var mean = 0.0;
        foreach (var load in loads)
        {
            mean += Math.Log(load);
        }

        mean /= loads.Count;
        var sum = 0.0;
        foreach (var load in loads)
        {
            sum += (Math.Log(load) - mean) * (Math.Log(load) - mean);
        }

        return Math.Sqrt(sum / loads.Count);
    }
}
