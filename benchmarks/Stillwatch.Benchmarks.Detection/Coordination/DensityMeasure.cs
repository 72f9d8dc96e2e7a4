namespace Stillwatch.Benchmarks.Detection.Coordination;

/// <summary>How dense a block of a tensor is: the three measures of D-Cube.</summary>
internal enum DensityMeasure
{
    /// <summary>Arithmetic average mass: mass over the mean number of values a mode.</summary>
    Arithmetic,

    /// <summary>Geometric average mass: mass over the geometric mean of the numbers of values.</summary>
    Geometric,

    /// <summary>Suspiciousness: the log-likelihood of the block's mass under a Poisson model of the whole tensor, negated.</summary>
    Suspiciousness,
}

/// <summary>The formulas of <see cref="DensityMeasure"/>.</summary>
internal static class DensityMeasureExtensions
{
    /// <summary>The density of a block.</summary>
    /// <param name="measure">Which.</param>
    /// <param name="mass">The block's mass.</param>
    /// <param name="sizes">Its number of values in every mode.</param>
    /// <param name="wholeMass">The tensor's mass.</param>
    /// <param name="wholeSizes">The tensor's number of values in every mode.</param>
    /// <returns>Negative infinity for a block without mass or with an empty mode.</returns>
    public static double Of(
        this DensityMeasure measure, double mass, ReadOnlySpan<int> sizes, double wholeMass, ReadOnlySpan<int> wholeSizes)
    {
        if (mass <= 0 || sizes.Contains(0))
        {
            return double.NegativeInfinity;
        }

        return measure switch
        {
            DensityMeasure.Arithmetic => Arithmetic(mass, sizes),
            DensityMeasure.Geometric => mass / Math.Exp(LogVolume(sizes) / sizes.Length),
            _ => Suspiciousness(mass, LogVolume(sizes) - LogVolume(wholeSizes), wholeMass),
        };
    }

    private static double Arithmetic(double mass, ReadOnlySpan<int> sizes)
    {
        var sum = 0.0;
        foreach (var size in sizes)
        {
            sum += size;
        }

        return sizes.Length * mass / sum;
    }

    private static double Suspiciousness(double mass, double logShare, double wholeMass) =>
        (mass * (Math.Log(mass / wholeMass) - 1)) + (wholeMass * Math.Exp(logShare)) - (mass * logShare);

    private static double LogVolume(ReadOnlySpan<int> sizes)
    {
        var sum = 0.0;
        foreach (var size in sizes)
        {
            sum += Math.Log(size);
        }

        return sum;
    }
}
