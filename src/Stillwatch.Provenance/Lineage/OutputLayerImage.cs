using MathNet.Numerics.LinearAlgebra;

namespace Stillwatch.Provenance.Lineage;

/// <summary>
/// The space that a model's logits lie in, which its output layer alone decides: two models share it only if they share that layer. For
/// suspects that give logits, or log-probabilities of the whole vocabulary. Immutable; safe from any thread.
/// </summary>
/// <remarks>
/// Carlini et al., "Stealing part of a production language model", ICML 2024; Finlayson et al., "Logits of API-protected LLMs leak
/// proprietary information", 2024. The rank is where the singular values fall most, on a logarithmic scale; rounding to two or three
/// decimals leaves it in place. Log-probabilities are logits but for a constant each, so that each row is centred.
/// </remarks>
public sealed class OutputLayerImage
{
    private readonly Matrix<double> _basis;

    /// <param name="logits">Rows of logits, or of log-probabilities, over one vocabulary; more of them than the model's hidden
    /// size.</param>
    /// <exception cref="ArgumentException">There are fewer than three rows, or their lengths differ.</exception>
    public OutputLayerImage(IReadOnlyList<double[]> logits)
    {
        var rows = Centred(logits);
        var decomposition = rows.Transpose().Svd();
        (Rank, Gap) = LargestGap([.. decomposition.S]);
        _basis = decomposition.U.SubMatrix(0, decomposition.U.RowCount, 0, Rank);
    }

    /// <summary>The dimension of the space: the hidden size, if there were enough rows (less one where the constant lies within).</summary>
    public int Rank { get; }

    /// <summary>The last singular value of the space over the first one outside; near 1 there is no such space to be seen.</summary>
    public double Gap { get; }

    /// <summary>
    /// The share of the squared length of another model's rows that lies in this space: 1 for the same output layer. A score.
    /// </summary>
    /// <param name="logits">Rows over the same vocabulary.</param>
    /// <exception cref="ArgumentException">There are fewer than three rows, or their lengths differ.</exception>
    public double ShareOf(IReadOnlyList<double[]> logits)
    {
        var rows = Centred(logits);
        var inside = rows * _basis;
        return inside.PointwiseMultiply(inside).RowSums().Sum() / rows.PointwiseMultiply(rows).RowSums().Sum();
    }

    private static Matrix<double> Centred(IReadOnlyList<double[]> logits)
    {
        ArgumentNullException.ThrowIfNull(logits);
        if (logits.Count < 3 || logits.Any(row => row.Length != logits[0].Length || row.Length < 2))
        {
            throw new ArgumentException("At least three rows of one length are needed.", nameof(logits));
        }

        return Matrix<double>.Build.DenseOfRowArrays(logits.Select(static row => Centred(row)));
    }

    private static double[] Centred(double[] row)
    {
        var mean = row.Average();
        return [.. row.Select(value => value - mean)];
    }

    private static (int Rank, double Gap) LargestGap(double[] values)
    {
        var (rank, gap) = (1, 0.0);
        var floor = values[0] * 1e-15;
        for (var i = 0; i + 1 < values.Length; i++)
        {
            var ratio = Math.Max(values[i], floor) / Math.Max(values[i + 1], floor);
            (rank, gap) = ratio > gap ? (i + 1, ratio) : (rank, gap);
        }

        return (rank, gap);
    }
}
