using System.Numerics;

namespace Stillwatch.Benchmarks.Detection.Coordination;

/// <summary>Accounts whose targets are more alike, and less like everybody's, than any honest mixture would be.</summary>
/// <remarks>
/// M. Jiang, P. Cui, A. Beutel, C. Faloutsos, S. Yang, "CatchSync: catching synchronized behavior in large directed graphs", KDD 2014.
/// Targets fall into cells by in-degree and authority, here powers of two wide. With p the shares of an account's targets over the cells
/// and b those of all targets, synchronicity is s = sum p^2 and normality n = sum p b. For M cells, s is at least (2n - M n^2 - sum
/// b^2)/(1 - M sum b^2): a parabola. An account's score is how far its s lies above it, in standard deviations over all accounts.
/// </remarks>
internal static class CatchSync
{
    /// <summary>Ranks accounts with too few targets last.</summary>
    private const double Unscored = -1e9;

    /// <summary>Suspicion by the residual; there are no groups.</summary>
    public static Suspicion Detect(BipartiteGraph graph, CatchSyncOptions options)
    {
        var cells = Cells(graph, options.Rounds);
        var shares = Shares(cells);
        var residuals = new double[graph.AccountCount];
        var scored = new List<int>();
        for (var account = 0; account < graph.AccountCount; account++)
        {
            if (graph.ValuesOf(account).Length >= options.MinTargets)
            {
                var (synchronicity, normality) = Measure(graph.ValuesOf(account), cells, shares);
                residuals[account] = synchronicity - LowerBound(normality, shares);
                scored.Add(account);
            }
        }

        return Suspicion.FromThreshold(Deviations(residuals, scored), options.MinDeviations);
    }

    /// <summary>The least synchronicity that a normality allows.</summary>
    /// <param name="normality">The normality.</param>
    /// <param name="shares">The share of all targets in each cell, none 0.</param>
    public static double LowerBound(double normality, IReadOnlyCollection<double> shares)
    {
        var (cells, squares) = (shares.Count, shares.Sum(static share => share * share));
        var scale = 1 - (cells * squares);
        return Math.Abs(scale) < 1e-12 ? 1.0 / cells : ((2 * normality) - (cells * normality * normality) - squares) / scale;
    }

    /// <summary>Synchronicity and normality of some targets.</summary>
    /// <param name="targets">The targets.</param>
    /// <param name="cells">The cell of every target.</param>
    /// <param name="shares">The share of all targets in each cell.</param>
    public static (double Synchronicity, double Normality) Measure(ReadOnlySpan<int> targets, int[] cells, double[] shares)
    {
        var counts = new Dictionary<int, int>();
        foreach (var target in targets)
        {
            counts[cells[target]] = counts.GetValueOrDefault(cells[target]) + 1;
        }

        double all = targets.Length;
        return (counts.Values.Sum(count => count / all * (count / all)), counts.Sum(cell => cell.Value / all * shares[cell.Key]));
    }

    /// <summary>The cell of every value that is used, numbered from 0; -1 for the others.</summary>
    private static int[] Cells(BipartiteGraph graph, int rounds)
    {
        var authority = Authority.Of(graph, rounds);
        var (cells, names) = (new int[graph.ValueCount], new Dictionary<(int Degree, int Authority), int>());
        for (var value = 0; value < cells.Length; value++)
        {
            var degree = graph.AccountsOf(value).Length;
            var name = (BitOperations.Log2((uint)degree), authority[value] > 0 ? Math.ILogB(authority[value]) : int.MinValue);
            cells[value] = degree == 0 ? -1 : names.TryAdd(name, names.Count) ? names.Count - 1 : names[name];
        }

        return cells;
    }

    private static double[] Shares(int[] cells)
    {
        var used = cells.Where(static cell => cell >= 0).ToArray();
        var shares = new double[used.DefaultIfEmpty(-1).Max() + 1];
        foreach (var cell in used)
        {
            shares[cell] += 1.0 / used.Length;
        }

        return shares;
    }

    private static double[] Deviations(double[] residuals, List<int> scored)
    {
        var mean = scored.Count == 0 ? 0 : scored.Average(account => residuals[account]);
        var squares = scored.Sum(account => Math.Pow(residuals[account] - mean, 2));
        var deviation = scored.Count < 2 ? 0 : Math.Sqrt(squares / (scored.Count - 1));
        var deviations = new double[residuals.Length];
        Array.Fill(deviations, Unscored);
        foreach (var account in scored)
        {
            deviations[account] = deviation == 0 ? 0 : (residuals[account] - mean) / deviation;
        }

        return deviations;
    }
}
