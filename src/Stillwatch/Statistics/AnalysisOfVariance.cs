namespace Stillwatch.Statistics;

/// <summary>Tests whether groups differ in the mean of a value: the ratio of the variance between groups to that within.</summary>
/// <remarks>
/// Fisher 1925. The permutation p-value is exact whatever the distribution, if the values are exchangeable under the null hypothesis; the
/// asymptotic one needs normal values of equal variance or large groups. Stateless; safe from any thread.
/// </remarks>
public static class AnalysisOfVariance
{
    /// <summary>The test by assigning the groups anew in random order.</summary>
    /// <param name="values">Finite values.</param>
    /// <param name="groups">The group of each value, any non-negative numbers below the number of values.</param>
    /// <param name="draws">At least 1; the p-value is at least 1/(draws + 1).</param>
    /// <param name="seed">The seed of the assignments.</param>
    /// <exception cref="ArgumentException">The lengths differ, there is one group only, or as many groups as values.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite, a group is out of range, or there is no draw.</exception>
    public static AnalysisOfVarianceResult Permutation(ReadOnlySpan<double> values, ReadOnlySpan<int> groups, int draws, ulong seed)
    {
        var layout = new GroupLayout(values, groups);
        var result = PermutationTest.Run(groups, layout.BetweenSumOfSquares, draws, seed);
        return layout.Result(result.Observed, result.PValue);
    }

    /// <summary>The test by the F distribution.</summary>
    /// <param name="values">Finite values.</param>
    /// <param name="groups">The group of each value, any non-negative numbers below the number of values.</param>
    /// <exception cref="ArgumentException">The lengths differ, there is one group only, or as many groups as values.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite, or a group is out of range.</exception>
    public static AnalysisOfVarianceResult Asymptotic(ReadOnlySpan<double> values, ReadOnlySpan<int> groups)
    {
        var layout = new GroupLayout(values, groups);
        var result = layout.Result(layout.BetweenSumOfSquares(groups), PValue.One);
        var weighted = layout.BetweenDegrees * result.BetweenMeanSquare;
        var total = weighted + layout.WithinDegrees * result.WithinMeanSquare;
        var tail = total == 0
            ? 0
            : IncompleteBeta.Log(layout.WithinDegrees / 2.0, layout.BetweenDegrees / 2.0, 1 - weighted / total, weighted / total);
        return result with { PValue = PValue.FromNaturalLog(tail) };
    }

    /// <summary>What stays the same when groups are assigned anew: the centred values and the groups' sizes.</summary>
    private sealed class GroupLayout
    {
        private readonly double[] _centred;
        private readonly int[] _sizes;
        private readonly double[] _sums;
        private readonly double _total;

        internal GroupLayout(ReadOnlySpan<double> values, ReadOnlySpan<int> groups)
        {
            Argument.ThrowIfEmpty(values.Length, nameof(values));
            Argument.ThrowIfLengthsDiffer(values.Length, groups.Length, nameof(groups));
            Argument.ThrowIfNotFinite(values);
            (_centred, _sizes, _sums) = (values.ToArray(), new int[values.Length], new double[values.Length]);
            foreach (var group in groups)
            {
                Argument.ThrowIfNotCount(group, values.Length - 1, nameof(groups));
                _sizes[group]++;
            }

            BetweenDegrees = _sizes.Length - _sizes.AsSpan().Count(0) - 1;
            WithinDegrees = values.Length - BetweenDegrees - 1;
            if (BetweenDegrees == 0 || WithinDegrees == 0)
            {
                throw new ArgumentException(
                    $"At least two groups, one of them of two values or more, are needed; there are {values.Length} values.");
            }

            _total = Centre();
        }

        internal int BetweenDegrees { get; }

        internal int WithinDegrees { get; }

        internal double BetweenSumOfSquares(ReadOnlySpan<int> groups)
        {
            Array.Clear(_sums);
            for (var i = 0; i < groups.Length; i++)
            {
                _sums[groups[i]] += _centred[i];
            }

            var sum = 0.0;
            for (var group = 0; group < _sums.Length; group++)
            {
                sum += _sizes[group] == 0 ? 0 : _sums[group] * _sums[group] / _sizes[group];
            }

            return sum;
        }

        internal AnalysisOfVarianceResult Result(double betweenSum, PValue p)
        {
            var between = betweenSum / BetweenDegrees;
            var within = Math.Max(0, _total - betweenSum) / WithinDegrees;
            var ratio = between == 0 ? 0 : between / within;
            var eta = _total == 0 ? 0 : Math.Min(1, betweenSum / _total);
            var omega = _total == 0 ? 0 : Math.Max(0, (betweenSum - BetweenDegrees * within) / (_total + within));
            return new(ratio, between, within, eta, omega, p);
        }

        /// <summary>Takes the mean off the values and returns the total sum of squares.</summary>
        private double Centre()
        {
            var mean = 0.0;
            for (var i = 0; i < _centred.Length; i++)
            {
                mean += (_centred[i] - mean) / (i + 1);
            }

            var sum = 0.0;
            for (var i = 0; i < _centred.Length; i++)
            {
                _centred[i] -= mean;
                sum += _centred[i] * _centred[i];
            }

            return sum;
        }
    }
}
