using Stillwatch.Benchmarks.Detection.Metrics;

namespace Stillwatch.Benchmarks.Detection.Nulls;

/// <summary>How large the e-values of one test are on groups of independent accounts.</summary>
/// <remarks>
/// Groups of one world depend on each other, so worlds are the units: every figure is a mean over worlds of a mean over their groups. It is
/// also what e-BH asks for (R. Wang, A. Ramdas, JRSS B 2022): where all groups of a world are null, the chance of a false report is at
/// most the accepted rate times the expected mean of the world's e-values.
/// </remarks>
internal sealed record CalibrationSummary
{
    /// <summary>Larger e-values count as this in the mean, so that one alone does not decide it; the mean itself is no smaller.</summary>
    public const double Cap = 100;

    /// <summary>Confidence of <see cref="AtLeast"/>.</summary>
    public const double Confidence = 0.95;

    /// <summary>Decimal logarithms of the thresholds whose exceedance is told.</summary>
    public static IReadOnlyList<int> Thresholds { get; } = [1, 2, 3];

    /// <summary>Groups.</summary>
    public required int Groups { get; init; }

    /// <summary>Worlds that have such groups.</summary>
    public required int Worlds { get; init; }

    /// <summary>Mean of the e-values, each taken as <see cref="Cap"/> at most; at most 1 if they are e-values.</summary>
    public required SeedBootstrap Mean { get; init; }

    /// <summary>Lower limit of that mean which holds without any assumption but independent worlds.</summary>
    public required double AtLeast { get; init; }

    /// <summary>Share of the e-values of at least ten to the power of each of <see cref="Thresholds"/>.</summary>
    public required IReadOnlyList<SeedBootstrap> Shares { get; init; }

    /// <summary>Decimal logarithm of the largest; minus infinity for none.</summary>
    public required double Largest { get; init; }

    /// <summary>Summarizes worlds.</summary>
    /// <param name="worlds">Decimal logarithms of the e-values, world by world.</param>
    public static CalibrationSummary Of(IEnumerable<IReadOnlyList<double>> worlds)
    {
        var known = worlds.Where(static world => world.Count > 0).ToList();
        var means = known.ConvertAll(static world => world.Average(static log => Math.Min(Math.Pow(10, log), Cap)));
        return new()
        {
            Groups = known.Sum(static world => world.Count),
            Worlds = known.Count,
            Mean = SeedBootstrap.Of(means),
            AtLeast = BettingLimit.Lower(means, Cap, Confidence),
            Shares = [.. Thresholds.Select(power => SeedBootstrap.Of(known.Select(world => Share(world, power))))],
            Largest = known.SelectMany(static world => world).DefaultIfEmpty(double.NegativeInfinity).Max(),
        };
    }

    private static double Share(IReadOnlyList<double> world, double power) => (double)world.Count(log => log >= power) / world.Count;
}
