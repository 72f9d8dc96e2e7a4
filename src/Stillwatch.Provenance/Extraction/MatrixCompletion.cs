using Stillwatch.Statistics;

namespace Stillwatch.Provenance.Extraction;

/// <summary>Completes a matrix of low rank, but for a constant a row, of which some entries are known. Used by one thread.</summary>
/// <remarks>
/// Alternating least squares, as Koren, Bell and Volinsky (Computer, 2009) describe it: entry (n, t) is <c>a(t)·z(n) + c(n)</c>. From a
/// random beginning it may end in a local minimum, so that several are tried and the best fit counts. Memory: what is known, and the
/// factors.
/// </remarks>
internal sealed class MatrixCompletion
{
    /// <summary>Keeps a system solvable; nothing in units of logits.</summary>
    private const double Tiny = 1e-9;

    private readonly IReadOnlyList<(int Column, double Value)[]> _rows;
    private readonly List<(int Row, double Value)>[] _columns;
    private readonly int _rank;
    private readonly double _ridge;
    private readonly double[] _ofColumns;
    private readonly double[] _ofRows;
    private readonly double[] _matrix;
    private readonly double[] _vector;

    /// <param name="rows">What is known of each row.</param>
    /// <param name="columns">How many columns there are.</param>
    /// <param name="rank">The rank.</param>
    /// <param name="ridge">What is added to the diagonal: about half the variance of noise.</param>
    /// <param name="seed">Of the beginning.</param>
    public MatrixCompletion(IReadOnlyList<(int Column, double Value)[]> rows, int columns, int rank, double ridge, ulong seed)
    {
        (_rows, _rank, _ridge) = (rows, rank, ridge);
        _columns = [.. Enumerable.Range(0, columns).Select(static _ => new List<(int, double)>())];
        for (var row = 0; row < rows.Count; row++)
        {
            foreach (var (column, value) in rows[row])
            {
                _columns[column].Add((row, value));
            }
        }

        var random = new SeededGenerator(seed);
        _ofColumns = new double[columns * rank];
        foreach (ref var factor in _ofColumns.AsSpan())
        {
            factor = (2 * random.NextDouble()) - 1;
        }

        _ofRows = new double[rows.Count * (rank + 1)];
        _matrix = new double[(rank + 1) * (rank + 1)];
        _vector = new double[rank + 1];
    }

    /// <summary>Root mean square of what is not explained of the known entries.</summary>
    public double Residual { get; private set; } = double.PositiveInfinity;

    /// <summary>Iterates until little changes.</summary>
    /// <param name="iterations">At most so often.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public void Fit(int iterations, CancellationToken cancellationToken)
    {
        const double Change = 1e-5;
        const double Exact = 1e-5;
        for (var i = 0; i < iterations && Residual > Exact; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            FitRows();
            FitColumns();
            var before = Residual;
            Residual = Measure();
            if (i > _rank && before - Residual < Change * Residual)
            {
                return;
            }
        }
    }

    /// <summary>An entry, known or not, without its row's constant.</summary>
    public double At(int row, int column)
    {
        var sum = 0.0;
        for (var k = 0; k < _rank; k++)
        {
            sum += _ofColumns[(column * _rank) + k] * _ofRows[(row * (_rank + 1)) + k];
        }

        return sum;
    }

    private void FitRows()
    {
        var size = _rank + 1;
        var features = new double[size];
        features[_rank] = 1;
        for (var row = 0; row < _rows.Count; row++)
        {
            Clear(size);
            foreach (var (column, value) in _rows[row])
            {
                _ofColumns.AsSpan(column * _rank, _rank).CopyTo(features);
                Add(features, value);
            }

            _matrix[^1] += Tiny - _ridge;
            Solve(size, _ofRows.AsSpan(row * size, size));
        }
    }

    private void FitColumns()
    {
        for (var column = 0; column < _columns.Length; column++)
        {
            Clear(_rank);
            foreach (var (row, value) in _columns[column])
            {
                var factors = _ofRows.AsSpan(row * (_rank + 1), _rank + 1);
                Add(factors[.._rank], value - factors[_rank]);
            }

            Solve(_rank, _ofColumns.AsSpan(column * _rank, _rank));
        }
    }

    private double Measure()
    {
        var (sum, count) = (0.0, 0);
        for (var row = 0; row < _rows.Count; row++)
        {
            foreach (var (column, value) in _rows[row])
            {
                var rest = value - At(row, column) - _ofRows[(row * (_rank + 1)) + _rank];
                sum += rest * rest;
                count++;
            }
        }

        return Math.Sqrt(sum / Math.Max(1, count));
    }

    private void Clear(int size)
    {
        Array.Clear(_matrix);
        Array.Clear(_vector);
        for (var i = 0; i < size; i++)
        {
            _matrix[(i * size) + i] = _ridge;
        }
    }

    private void Add(ReadOnlySpan<double> features, double value)
    {
        for (var i = 0; i < features.Length; i++)
        {
            _vector[i] += features[i] * value;
            for (var k = 0; k <= i; k++)
            {
                _matrix[(i * features.Length) + k] += features[i] * features[k];
            }
        }
    }

    /// <summary>By Cholesky's factorization, in place.</summary>
    private void Solve(int size, Span<double> solution)
    {
        for (var j = 0; j < size; j++)
        {
            for (var i = j; i < size; i++)
            {
                var rest = _matrix[(i * size) + j];
                for (var k = 0; k < j; k++)
                {
                    rest -= _matrix[(i * size) + k] * _matrix[(j * size) + k];
                }

                _matrix[(i * size) + j] = i == j ? Math.Sqrt(Math.Max(rest, Tiny)) : rest / _matrix[(j * size) + j];
            }
        }

        for (var i = 0; i < size; i++)
        {
            var rest = _vector[i];
            for (var k = 0; k < i; k++)
            {
                rest -= _matrix[(i * size) + k] * solution[k];
            }

            solution[i] = rest / _matrix[(i * size) + i];
        }

        for (var i = size - 1; i >= 0; i--)
        {
            var rest = solution[i];
            for (var k = i + 1; k < size; k++)
            {
                rest -= _matrix[(k * size) + i] * solution[k];
            }

            solution[i] = rest / _matrix[(i * size) + i];
        }
    }
}
