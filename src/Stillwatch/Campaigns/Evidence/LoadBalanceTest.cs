using Stillwatch.Statistics;

namespace Stillwatch.Campaigns.Evidence;

/// <summary>Whether the members carry more equal loads than accounts drawn from all groups: work that is dealt out evenly.</summary>
/// <remarks>
/// Statistic: standard deviation of the logarithm of the members' interactions. Null: as many accounts drawn without replacement from
/// the members and the reference accounts together, so that the randomization p-value is exact if the members are drawn like
/// the others (draws from the others alone would differ less from each other than the members do from them).
/// </remarks>
internal static class LoadBalanceTest
{
    private const int Draws = 499;

    /// <summary>
    /// The spread of the members' loads, how many standard deviations of the draws it lies below their mean, and its p-value; null if there
    /// are too few reference accounts.
    /// </summary>
    public static ActivityResult? Test(IReadOnlyList<double> loads, IReadOnlyList<double> reference, ulong seed)
    {
        if (loads.Count < 4 || reference.Count < 3 * loads.Count)
        {
            return null;
        }

        var observed = Spread(Logarithms(loads));
        var generator = new SeededGenerator(seed);
        var pool = Logarithms([.. loads, .. reference]);
        var draws = new double[Draws];
        for (var draw = 0; draw < Draws; draw++)
        {
            for (var i = 0; i < loads.Count; i++)
            {
                var pick = i + generator.Next(pool.Length - i);
                (pool[i], pool[pick]) = (pool[pick], pool[i]);
            }

            draws[draw] = -Spread(pool.AsSpan(0, loads.Count));
        }

        return ActivityResult.Of(observed, -observed, draws);
    }

    private static double[] Logarithms(IReadOnlyList<double> loads)
    {
        var logarithms = new double[loads.Count];
        for (var i = 0; i < logarithms.Length; i++)
        {
            logarithms[i] = Math.Log(loads[i]);
        }

        return logarithms;
    }

    private static double Spread(ReadOnlySpan<double> logarithms)
    {
        var mean = 0.0;
        foreach (var value in logarithms)
        {
            mean += value;
        }

        mean /= logarithms.Length;
        var sum = 0.0;
        foreach (var value in logarithms)
        {
            sum += (value - mean) * (value - mean);
        }

        return Math.Sqrt(sum / logarithms.Length);
    }
}
