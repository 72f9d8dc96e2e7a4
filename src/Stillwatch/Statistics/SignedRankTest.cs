namespace Stillwatch.Statistics;

/// <summary>
/// Wilcoxon's signed-rank test: whether paired differences lean to the positive side. Under the null hypothesis each difference that is not
/// zero is as likely positive as negative, independently of the others, given its size.
/// </summary>
/// <remarks>
/// Wilcoxon, Biometrics 1945. The distribution over all signs is computed exactly, with middle ranks for ties of size and without zeros
/// (Pratt's objection to dropping them concerns power only). Cost: the square of the number of pairs times that number. Stateless.
/// </remarks>
public static class SignedRankTest
{
    /// <summary>The largest number of pairs: beyond it the exact distribution takes more than a second.</summary>
    public const int MaxPairs = 1000;

    /// <summary>The probability of a sum of positive ranks at least as large as the one seen.</summary>
    /// <param name="differences">At most <see cref="MaxPairs"/>; finite.</param>
    /// <exception cref="ArgumentException">There are too many, or one is not finite.</exception>
    public static PValue Greater(ReadOnlySpan<double> differences)
    {
        Argument.ThrowIfNotFinite(differences);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(differences.Length, MaxPairs);
        var sizes = differences.ToArray().Where(static difference => difference != 0).OrderBy(Math.Abs).ToArray();
        var ranks = DoubledRanks(sizes);
        var observed = 0;
        for (var i = 0; i < sizes.Length; i++)
        {
            observed += sizes[i] > 0 ? ranks[i] : 0;
        }

        return observed == 0 ? PValue.One : PValue.FromProbability(Math.Min(1, UpperTail(ranks, observed)));
    }

    /// <summary>Twice the middle ranks, so that they are whole numbers.</summary>
    private static int[] DoubledRanks(double[] sizes)
    {
        var ranks = new int[sizes.Length];
        for (var first = 0; first < sizes.Length;)
        {
            var next = first;
            while (next < sizes.Length && Math.Abs(sizes[next]) == Math.Abs(sizes[first]))
            {
                next++;
            }

            Array.Fill(ranks, first + next + 1, first, next - first);
            first = next;
        }

        return ranks;
    }

    /// <summary>The share of all choices of signs whose sum reaches the threshold.</summary>
    private static double UpperTail(int[] ranks, int threshold)
    {
        var probabilities = new double[ranks.Sum() + 1];
        probabilities[0] = 1;
        var reach = 0;
        foreach (var rank in ranks)
        {
            reach += rank;
            for (var sum = reach; sum >= 0; sum--)
            {
                probabilities[sum] = (probabilities[sum] + (sum >= rank ? probabilities[sum - rank] : 0)) / 2;
            }
        }

        var tail = 0.0;
        for (var sum = probabilities.Length - 1; sum >= threshold; sum--)
        {
            tail += probabilities[sum];
        }

        return tail;
    }
}
