namespace Stillwatch.Provenance.Lineage;

/// <summary>
/// Several references as one, the nearest to a suspect that a weighted geometric mean of them can be (logarithmic opinion pool, Genest and
/// Zidek 1986). One writer while it is filled.
/// </summary>
/// <remarks>
/// The suspect's base, the own model without its mark and a twin that was trained on unmarked outputs each have a part of the suspect that
/// the others lack. The weights are those of the greatest likelihood of what the suspect said or of its probabilities, found by Newton's
/// steps on a concave function; they may come out negative. None of this knows the key, so that a test against the pool stays exact.
/// Memory: 4 bytes a probability of every reference and the suspect, at <see cref="MostPlaces"/> places.
/// </remarks>
public sealed class LogarithmicPool
{
    /// <summary>Places that weights are found from; later ones are not needed.</summary>
    public const int MostPlaces = 2000;

    private const int Steps = 12;
    private const double Smallest = 1e-12;

    /// <summary>A prior on the weights, worth so many places of variance one, which keeps equal references apart.</summary>
    private const double Ridge = 1e-3;

    private readonly List<(float[][] Logs, float[] Suspect)> _places = [];
    private double[] _weights;

    /// <param name="references">How many, at least 1.</param>
    public LogarithmicPool(int references)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(references, 1);
        _weights = new double[references];
        Array.Fill(_weights, 1.0 / references);
    }

    /// <summary>The weight of each reference; equal ones before <see cref="Fit"/>.</summary>
    public IReadOnlyList<double> Weights => _weights;

    /// <summary>Takes in a place, while there are fewer than <see cref="MostPlaces"/>.</summary>
    /// <param name="expected">The probabilities of each reference.</param>
    /// <param name="suspect">The suspect's, or one at the token that it said.</param>
    public void Add(IReadOnlyList<double[]> expected, ReadOnlySpan<double> suspect)
    {
        Check(expected, suspect.Length);
        if (_places.Count < MostPlaces)
        {
            var own = new float[suspect.Length];
            for (var token = 0; token < own.Length; token++)
            {
                own[token] = (float)suspect[token];
            }

            _places.Add(([.. expected.Select(Logarithms)], own));
        }
    }

    /// <summary>Finds the weights.</summary>
    public void Fit()
    {
        var weights = (double[])_weights.Clone();
        for (var step = 0; step < Steps; step++)
        {
            var (slope, curvature) = (new double[weights.Length], new double[weights.Length, weights.Length]);
            foreach (var (logs, suspect) in _places)
            {
                AddPlace(logs, suspect, weights, slope, curvature);
            }

            for (var i = 0; i < weights.Length; i++)
            {
                slope[i] -= Ridge * (weights[i] - (1.0 / weights.Length));
                curvature[i, i] += Ridge;
            }

            var change = Solved(curvature, slope);
            for (var i = 0; i < weights.Length; i++)
            {
                weights[i] += change[i];
            }
        }

        _weights = weights;
    }

    /// <summary>Fills in the probabilities of the pool at a place.</summary>
    public void Combine(IReadOnlyList<double[]> expected, Span<double> probabilities)
    {
        Check(expected, probabilities.Length);
        for (var token = 0; token < probabilities.Length; token++)
        {
            var log = 0.0;
            for (var i = 0; i < _weights.Length; i++)
            {
                log += _weights[i] * Math.Log(Math.Max(expected[i][token], Smallest));
            }

            probabilities[token] = log;
        }

        Normalize(probabilities);
    }

    private void Check(IReadOnlyList<double[]> expected, int vocabulary)
    {
        ArgumentNullException.ThrowIfNull(expected);
        ArgumentOutOfRangeException.ThrowIfNotEqual(expected.Count, _weights.Length, nameof(expected));
        foreach (var row in expected)
        {
            ArgumentOutOfRangeException.ThrowIfNotEqual(row.Length, vocabulary, nameof(expected));
        }
    }

    /// <summary>Adds a place's part of the likelihood's slope and of its curvature, the covariance of the logarithms.</summary>
    private static void AddPlace(float[][] logs, float[] suspect, double[] weights, double[] slope, double[,] curvature)
    {
        var (pool, means) = (new double[suspect.Length], new double[weights.Length]);
        for (var token = 0; token < pool.Length; token++)
        {
            for (var i = 0; i < weights.Length; i++)
            {
                pool[token] += weights[i] * logs[i][token];
            }
        }

        Normalize(pool);
        for (var i = 0; i < weights.Length; i++)
        {
            for (var token = 0; token < pool.Length; token++)
            {
                means[i] += pool[token] * logs[i][token];
                slope[i] += (suspect[token] - pool[token]) * logs[i][token];
            }

            for (var j = 0; j <= i; j++)
            {
                var product = 0.0;
                for (var token = 0; token < pool.Length; token++)
                {
                    product += pool[token] * (logs[i][token] - means[i]) * (logs[j][token] - means[j]);
                }

                curvature[i, j] += product;
                curvature[j, i] += i == j ? 0 : product;
            }
        }
    }

    private static float[] Logarithms(double[] row) => [.. row.Select(static p => (float)Math.Log(Math.Max(p, Smallest)))];

    private static void Normalize(Span<double> logs)
    {
        var (highest, total) = (double.NegativeInfinity, 0.0);
        foreach (var log in logs)
        {
            highest = Math.Max(highest, log);
        }

        foreach (ref var value in logs)
        {
            total += value = Math.Exp(value - highest);
        }

        foreach (ref var value in logs)
        {
            value /= total;
        }
    }

    /// <summary>Gauss and Jordan; the matrix is positive definite, so that no pivot is zero.</summary>
    private static double[] Solved(double[,] matrix, double[] right)
    {
        for (var pivot = 0; pivot < right.Length; pivot++)
        {
            for (var row = 0; row < right.Length; row++)
            {
                if (row == pivot)
                {
                    continue;
                }

                var factor = matrix[row, pivot] / matrix[pivot, pivot];
                right[row] -= factor * right[pivot];
                for (var column = pivot; column < right.Length; column++)
                {
                    matrix[row, column] -= factor * matrix[pivot, column];
                }
            }
        }

        return [.. right.Select((value, i) => value / matrix[i, i])];
    }
}
