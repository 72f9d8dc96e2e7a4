using System.Globalization;
using Stillwatch.Statistics;

namespace Stillwatch.Benchmarks.Detection.Metrics;

/// <summary>The mean of a figure over seeds with its percentile interval from resampled seeds.</summary>
/// <remarks>
/// B. Efron, "Bootstrap methods: another look at the jackknife", Annals of Statistics 1979. The seeds are the units: accounts of one log
/// are not independent. With five seeds the interval is rough, and one that has no width says only that all seeds agree.
/// </remarks>
/// <param name="Mean">The mean over the seeds that have the figure; not a number if none has.</param>
/// <param name="Lower">Lower end, 2.5 %.</param>
/// <param name="Upper">Upper end, 97.5 %.</param>
/// <param name="Seeds">Seeds that have the figure.</param>
internal sealed record SeedBootstrap(double Mean, double Lower, double Upper, int Seeds)
{
    private const int Resamples = 2000;
    private const ulong Seed = 17;
    private const double Tail = 0.025;

    /// <summary>The mean and interval of a figure, one value a seed; values that are not numbers are left out.</summary>
    public static SeedBootstrap Of(IEnumerable<double> values)
    {
        var known = values.Where(static value => !double.IsNaN(value)).ToArray();
        if (known.Length == 0)
        {
            return new(double.NaN, double.NaN, double.NaN, 0);
        }

        var (generator, means) = (new SeededGenerator(Seed), new double[Resamples]);
        for (var i = 0; i < Resamples; i++)
        {
            for (var draw = 0; draw < known.Length; draw++)
            {
                means[i] += known[generator.Next(known.Length)] / known.Length;
            }
        }

        Array.Sort(means);
        return new(known.Average(), means[(int)(Tail * Resamples)], means[(int)((1 - Tail) * Resamples) - 1], known.Length);
    }

    /// <summary>As a percentage: "94.6 (93.5–95.6)"; without the interval for a single seed, a dash for none.</summary>
    /// <param name="decimals">Digits behind the point, 1 if not told.</param>
    public string Percent(int decimals = 1) => Text(100, $"0.{new string('0', decimals)}");

    /// <summary>As it is, with up to two decimals.</summary>
    public string Number() => Text(1, "0.##");

    private string Text(double factor, string format)
    {
        if (Seeds == 0)
        {
            return "–";
        }

        var mean = (factor * Mean).ToString(format, CultureInfo.InvariantCulture);
        return Seeds == 1 || Upper - Lower < 1e-12
            ? mean
            : $"{mean} ({(factor * Lower).ToString(format, CultureInfo.InvariantCulture)}–"
                + $"{(factor * Upper).ToString(format, CultureInfo.InvariantCulture)})";
    }
}
