namespace Stillwatch.Statistics;

/// <summary>Tests whether two samples come from one distribution, by the largest difference of their distribution functions.</summary>
/// <remarks>
/// Smirnov 1939. Exact: the samples' orderings are lattice paths (Hodges 1958), and the share of paths that reach the distance anywhere is
/// built up along the lattice from positive terms, so that small p-values keep their digits; with ties the paths are checked only where a
/// group of equal values ends (Schröer and Trenkler 1995), which is exact given the ties. Asymptotic: Kolmogorov's series. Time: product of
/// the sizes if exact. Stateless; safe from any thread.
/// </remarks>
public static class KolmogorovSmirnov
{
    /// <summary>Up to this product of the sample sizes the p-value is exact.</summary>
    public const long ExactCells = 1_000_000;

    /// <summary>
    /// The smallest exact p-value that is told apart from 0: paths of smaller probability are lost to underflow, so a smaller result is
    /// raised to it.
    /// </summary>
    private const double SmallestLog10 = -290;

    /// <summary>The two-sided test.</summary>
    /// <param name="first">At least one finite value.</param>
    /// <param name="second">At least one finite value.</param>
    /// <exception cref="ArgumentException">A sample is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite.</exception>
    public static KolmogorovSmirnovResult TwoSample(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        var (a, b) = (Sorted(first, nameof(first)), Sorted(second, nameof(second)));
        var endsTie = new bool[a.Length + b.Length + 1];
        var distance = Distance(a, b, endsTie);
        var cells = (long)a.Length * b.Length;
        var relative = (double)distance / cells;
        return cells <= ExactCells
            ? new(relative, Exact(a.Length, b.Length, distance, endsTie), true)
            : new(relative, Asymptotic(relative * relative * a.Length * ((double)b.Length / (a.Length + b.Length))), false);
    }

    private static double[] Sorted(ReadOnlySpan<double> values, string name)
    {
        Argument.ThrowIfEmpty(values.Length, name);
        Argument.ThrowIfNotFinite(values, name);
        var sorted = values.ToArray();
        Array.Sort(sorted);
        return sorted;
    }

    /// <summary>
    /// The largest difference of the distribution functions times the product of the sizes, an integer; marks the numbers of values after
    /// which a group of equal values ends.
    /// </summary>
    private static long Distance(double[] a, double[] b, bool[] endsTie)
    {
        var (i, j, largest) = (0, 0, 0L);
        while (i < a.Length || j < b.Length)
        {
            var value = j == b.Length || (i < a.Length && a[i] <= b[j]) ? a[i] : b[j];
            i += LeadingCount(a.AsSpan(i), value);
            j += LeadingCount(b.AsSpan(j), value);
            endsTie[i + j] = true;
            largest = Math.Max(largest, Math.Abs((long)i * b.Length - (long)j * a.Length));
        }

        return largest;
    }

    private static int LeadingCount(ReadOnlySpan<double> sorted, double value)
    {
        var count = 0;
        while (count < sorted.Length && sorted[count] == value)
        {
            count++;
        }

        return count;
    }

    /// <summary>
    /// The probability that a uniformly random path to (m, n) has reached the distance: 1 at a point that reaches it, else the mean over
    /// the last step, which comes from (i - 1, j) with probability i/(i + j).
    /// </summary>
    private static PValue Exact(int m, int n, long distance, bool[] endsTie)
    {
        var reached = new double[n + 1];
        for (var i = 0; i <= m; i++)
        {
            for (var j = 0; j <= n; j++)
            {
                var before = (i == 0 ? 0 : reached[j] * i) + (j == 0 ? 0 : reached[j - 1] * j);
                var reaches = endsTie[i + j] && Math.Abs((long)i * n - (long)j * m) >= distance;
                reached[j] = reaches ? 1 : before / Math.Max(1, i + j);
            }
        }

        return PValue.FromLog10(Math.Clamp(Math.Log10(reached[n]), SmallestLog10, 0));
    }

    /// <summary>2 sum of (-1)^(k - 1) e^(-2 k^2 x), for x the squared scaled distance.</summary>
    private static PValue Asymptotic(double squared)
    {
        var sum = 0.0;
        for (var k = 1; k <= 100; k++)
        {
            var term = Math.Exp(-2 * squared * ((double)k * k - 1));
            sum += k % 2 == 1 ? term : -term;
            if (term < 1e-17)
            {
                return PValue.FromNaturalLog(Math.Min(0, LogSpace.Ln2 - 2 * squared + Math.Log(sum)));
            }
        }

        return PValue.One;
    }
}
