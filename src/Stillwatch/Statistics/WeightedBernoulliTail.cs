namespace Stillwatch.Statistics;

/// <summary>
/// The tail of a weighted sum S = sum of a_j (B_j - g) of independent bits B_j of one probability g: a rigorous bound, and e-values.
/// Weights may be any numbers, of either sign, that do not depend on the bits.
/// </summary>
/// <remarks>
/// Chernoff 1952: P(S at least s) is at most exp(K(t) - t s) for every t of at least 0, with K(t) = sum of ln(1 - g + g e^(t a_j)) - t g
/// a_j, which is convex; the least of these bounds is taken. It is a bound for every number of bits and every set of weights, tight to a
/// factor of the order of the square root of the variance. The bound also holds where bits are drawn without replacement, if weights are
/// equal (Hoeffding 1963, theorem 4). Stateless; safe from any thread.
/// </remarks>
public static class WeightedBernoulliTail
{
    private const int MaxSteps = 200;

    /// <summary>From one standard deviation on; the last tilt is the best one for a sum of about 130 standard deviations.</summary>
    private const int GridSize = 15;

    private const double GridStart = 1;
    private const double GridRatio = 1.4142135623730951;

    /// <summary>An upper bound of P(S at least the sum that was seen): a p-value, since it rises as the sum falls.</summary>
    /// <param name="sum">The sum that was seen, of the bits less their probability.</param>
    /// <param name="weights">One a bit; finite.</param>
    /// <param name="probability">Of each bit to be 1, above 0 and below 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is not finite, or the probability is out of range.</exception>
    public static PValue AtLeast(double sum, ReadOnlySpan<double> weights, double probability) => AtLeast(sum, weights, [], probability);

    /// <summary>The same where many bits have the same weight.</summary>
    /// <param name="sum">The sum that was seen, of the bits less their probability.</param>
    /// <param name="weights">Finite.</param>
    /// <param name="counts">How many bits have each of the weights; none for one each.</param>
    /// <param name="probability">Of each bit to be 1, above 0 and below 1.</param>
    /// <exception cref="ArgumentException">There are neither no counts nor as many as weights.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is not finite, or the probability is out of range.</exception>
    public static PValue AtLeast(double sum, ReadOnlySpan<double> weights, ReadOnlySpan<long> counts, double probability)
    {
        Argument.ThrowIfNotFinite(sum);
        Argument.ThrowIfNotFinite(weights);
        Argument.ThrowIfNotInsideUnitInterval(probability);
        if (!counts.IsEmpty)
        {
            Argument.ThrowIfLengthsDiffer(weights.Length, counts.Length, nameof(counts));
        }

        var bits = new Bits(weights, counts, probability);
        var scale = bits.StandardDeviation();
        return sum <= 0 || scale == 0 ? PValue.One : PValue.FromNaturalLog(Math.Min(0, LeastBound(sum / scale, bits, scale)));
    }

    /// <summary>
    /// exp(t S - K(t)): an e-value, because its expectation is 1. <paramref name="tilt"/> may not depend on the bits.
    /// </summary>
    /// <param name="sum">The sum that was seen, of the bits less their probability.</param>
    /// <param name="weights">One a bit; finite.</param>
    /// <param name="probability">Of each bit to be 1, above 0 and below 1.</param>
    /// <param name="tilt">Any number; positive ones grow with the sum.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is not finite, or the probability is out of range.</exception>
    public static EValue Tilted(double sum, ReadOnlySpan<double> weights, double probability, double tilt)
    {
        Argument.ThrowIfNotFinite(sum);
        Argument.ThrowIfNotFinite(weights);
        Argument.ThrowIfNotInsideUnitInterval(probability);
        Argument.ThrowIfNotFinite(tilt);
        return EValue.FromNaturalLog(tilt * sum - new Bits(weights, [], probability).Cumulant(tilt).Value);
    }

    /// <summary>
    /// The mean of <see cref="Tilted"/> over a geometric grid of tilts, whose unit is one over the standard deviation of S: an e-value that
    /// needs no choice and loses, against the best tilt, little more than the logarithm of the grid's size.
    /// </summary>
    /// <param name="sum">The sum that was seen, of the bits less their probability.</param>
    /// <param name="weights">One a bit; finite.</param>
    /// <param name="probability">Of each bit to be 1, above 0 and below 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is not finite, or the probability is out of range.</exception>
    public static EValue Mixture(double sum, ReadOnlySpan<double> weights, double probability)
    {
        Argument.ThrowIfNotFinite(sum);
        Argument.ThrowIfNotFinite(weights);
        Argument.ThrowIfNotInsideUnitInterval(probability);
        var scale = new Bits(weights, [], probability).StandardDeviation();
        if (scale == 0)
        {
            return EValue.One;
        }

        var values = new EValue[GridSize];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = Tilted(sum, weights, probability, GridStart * Math.Pow(GridRatio, i) / scale);
        }

        return EValueCombination.Mean(values);
    }

    /// <summary>The least of K(t) - t s over t, in units of the standard deviation; found by Newton's steps inside a bracket.</summary>
    private static double LeastBound(double standardized, Bits bits, double scale)
    {
        var (low, high) = (0.0, double.PositiveInfinity);
        var tilt = standardized;
        var least = 0.0;
        for (var step = 0; step < MaxSteps; step++)
        {
            var (value, slope, curvature) = bits.Cumulant(tilt / scale);
            var (gradient, second) = (slope / scale - standardized, curvature / scale / scale);
            least = Math.Min(least, value - tilt * standardized);
            (low, high) = gradient < 0 ? (tilt, high) : (low, tilt);
            if (Math.Abs(gradient) <= 1e-9 * standardized || (double.IsFinite(high) && high - low <= 1e-12 * high))
            {
                break;
            }

            var next = tilt - gradient / second;
            tilt = next > low && next < high && double.IsFinite(next) ? next : double.IsInfinity(high) ? 2 * tilt : (low + high) / 2;
        }

        return least;
    }

    /// <summary>Weighted bits, and how often each weight occurs.</summary>
    private readonly ref struct Bits(ReadOnlySpan<double> weights, ReadOnlySpan<long> counts, double probability)
    {
        private readonly ReadOnlySpan<double> _weights = weights;
        private readonly ReadOnlySpan<long> _counts = counts;
        private readonly double _probability = probability;

        public double StandardDeviation()
        {
            var sum = 0.0;
            for (var i = 0; i < _weights.Length; i++)
            {
                sum += _weights[i] * _weights[i] * CountOf(i);
            }

            return Math.Sqrt(_probability * (1 - _probability) * sum);
        }

        /// <summary>K(t) and its first two derivatives.</summary>
        public (double Value, double Slope, double Curvature) Cumulant(double tilt)
        {
            var (value, slope, curvature) = (0.0, 0.0, 0.0);
            for (var i = 0; i < _weights.Length; i++)
            {
                var (weight, count) = (_weights[i], CountOf(i));
                var raised = Raised(tilt * weight);
                value += count * LogMoment(tilt * weight);
                slope += count * weight * (raised - _probability);
                curvature += count * weight * weight * raised * (1 - raised);
            }

            return (value, slope, curvature);
        }

        private double CountOf(int i) => _counts.IsEmpty ? 1 : _counts[i];

        /// <summary>The probability of 1 after tilting by x: g e^x / (1 - g + g e^x).</summary>
        private double Raised(double x)
        {
            var (of, against) = x > 0 ? (_probability, (1 - _probability) * Math.Exp(-x)) : (_probability * Math.Exp(x), 1 - _probability);
            return of / (of + against);
        }

        /// <summary>ln(1 - g + g e^x) - g x, which is about g (1 - g) x^2 / 2 near zero, where the plain form would cancel.</summary>
        private double LogMoment(double x)
        {
            if (Math.Abs(x) < 1e-3)
            {
                var variance = _probability * (1 - _probability);
                return variance * x * x / 2 * (1 + (1 - 2 * _probability) * x / 3 + (1 - 6 * variance) * x * x / 12);
            }

            return x > 0
                ? x * (1 - _probability) + Math.Log(_probability + (1 - _probability) * Math.Exp(-x))
                : Math.Log(1 - _probability + _probability * Math.Exp(x)) - _probability * x;
        }
    }
}
