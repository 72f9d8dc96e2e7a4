using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Factorization;

namespace Stillwatch.Provenance.Extraction;

/// <summary>What follows from rows of logits about the layer that made them. Immutable; safe from any thread.</summary>
/// <remarks>
/// Carlini et al., 2024, section 4: the rows lie in a space of the hidden dimension, so the singular values fall off after it; the
/// left singular vectors are the layer, but for a linear map of the hidden state. Rows are known but for a constant each, so they are
/// centred, and the layer is compared but for one.
/// </remarks>
public sealed class RecoveredLayer
{
    private const int FewestRows = 3;

    private readonly Matrix<double>? _basis;
    private readonly IReadOnlyList<int> _tokens;

    /// <param name="logits">What was read.</param>
    public RecoveredLayer(LogitRows logits)
    {
        ArgumentNullException.ThrowIfNull(logits);
        _tokens = logits.Tokens;
        if (logits.Rows.Count < FewestRows)
        {
            return;
        }

        var columns = Matrix<double>.Build.DenseOfColumnArrays(logits.Rows.Select(Centred));
        if (columns.RowCount > columns.ColumnCount)
        {
            var thin = columns.QR(QRMethod.Thin);
            var inner = thin.R.Svd();
            (_basis, SingularValues) = (thin.Q * inner.U, [.. inner.S]);
        }
        else
        {
            var whole = columns.Svd();
            (_basis, SingularValues) = (whole.U, [.. whole.S]);
        }

        // Centring takes one dimension of all tokens away, whatever the rows are.
        (Dimension, Gap) = LargestGap([.. SingularValues.Take(_tokens.Count - 1)]);
    }

    /// <summary>Singular values of the rows, the largest first.</summary>
    public IReadOnlyList<double> SingularValues { get; } = [];

    /// <summary>The hidden dimension: where singular values fall most; null where too little was read.</summary>
    public int? Dimension { get; }

    /// <summary>The singular value before that fall over the one behind it; near 1 nothing is to be seen.</summary>
    public double Gap { get; } = 1;

    /// <summary>
    /// How far the recovered layer is from the true one after the best affine alignment: root mean square, as a share of the true
    /// layer's own. 0 is all of it, 1 nothing. The attacker is told the dimension.
    /// </summary>
    /// <param name="layer">The true layer, a row for each token of the vocabulary.</param>
    public double ErrorTo(double[,] layer)
    {
        ArgumentNullException.ThrowIfNull(layer);
        if (_basis is null)
        {
            return 1;
        }

        var truth = Matrix<double>.Build.Dense(_tokens.Count, layer.GetLength(1), (row, k) => layer[_tokens[row], k]);
        var means = truth.ColumnSums() / truth.RowCount;
        truth.MapIndexedInplace((_, k, value) => value - means[k]);
        var known = Math.Min(layer.GetLength(1), _basis.ColumnCount);
        var basis = _basis.SubMatrix(0, _basis.RowCount, 0, known);
        return (truth - (basis * basis.TransposeThisAndMultiply(truth))).FrobeniusNorm() / truth.FrobeniusNorm();
    }

    /// <summary>
    /// The share of the squared length of rows that lies in the space of so many dimensions: Finlayson et al., 2024, tell by it
    /// whether an API has still the same model behind it. 1 for the same layer, little for another.
    /// </summary>
    /// <param name="logits">Other rows over the same tokens.</param>
    /// <param name="dimension">Dimensions of the space.</param>
    public double ShareOf(LogitRows logits, int dimension)
    {
        ArgumentNullException.ThrowIfNull(logits);
        if (_basis is null || logits.Rows.Count == 0)
        {
            return 0;
        }

        var columns = Matrix<double>.Build.DenseOfColumnArrays(logits.Rows.Select(Centred));
        var basis = _basis.SubMatrix(0, _basis.RowCount, 0, Math.Min(dimension, _basis.ColumnCount));
        return Math.Pow(basis.TransposeThisAndMultiply(columns).FrobeniusNorm() / columns.FrobeniusNorm(), 2);
    }

    private static double[] Centred(double[] row)
    {
        var mean = row.Average();
        return [.. row.Select(value => value - mean)];
    }

    private static (int Dimension, double Gap) LargestGap(IReadOnlyList<double> values)
    {
        var (dimension, gap) = (1, 1.0);
        var floor = values[0] * 1e-15;
        for (var i = 0; i + 1 < values.Count; i++)
        {
            var ratio = Math.Max(values[i], floor) / Math.Max(values[i + 1], floor);
            (dimension, gap) = ratio > gap ? (i + 1, ratio) : (dimension, gap);
        }

        return (dimension, gap);
    }
}
