using Stillwatch.Statistics;

namespace Stillwatch.Benchmarks.Detection.Windows.Contamination;

/// <summary>
/// For samples of one size from pools of one size: how surprising it is that so many of a marked group are in the sample, as the negative
/// natural logarithm of the hypergeometric upper tail.
/// </summary>
/// <remarks>Rows are computed when first asked for; at most the square of the pool's size in all. Safe from any thread.</remarks>
internal sealed class TailTable(int pool, int sample)
{
    private static readonly double Ln10 = Math.Log(10);

    private readonly double[]?[] _rows = new double[pool + 1][];

    public int Pool => pool;

    /// <summary>The surprise at 0, 1, 2, … members of a group in the sample.</summary>
    /// <param name="marked">Size of the group.</param>
    public ReadOnlySpan<double> Row(int marked) => _rows[marked] ??= Compute(marked);

    private double[] Compute(int marked)
    {
        var row = new double[Math.Min(marked, sample) + 1];
        for (var found = 0; found < row.Length; found++)
        {
            row[found] = -HypergeometricTail.AtLeast(found, pool, marked, sample).Log10 * Ln10;
        }

        return row;
    }
}
