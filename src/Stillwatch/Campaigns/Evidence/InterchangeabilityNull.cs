using Stillwatch.Statistics;

namespace Stillwatch.Campaigns.Evidence;

/// <summary>
/// How often members of a group of independent accounts that hardly repeat each other look interchangeable although nobody directs
/// them: accounts with few prompts, and tools that everybody uses for the same. The share differs from group to group, as a Beta
/// distribution.
/// </summary>
/// <remarks>
/// The e-value of a group is the likelihood ratio of its count under two beta-binomial laws, the null's and that of groups whose
/// members are workers of one operator; its expectation under the null is exactly 1. The null is the more cautious of a
/// default and of a fit (by moments) to the groups of the log at hand, which knows what tools are in use there. A law whose own
/// groups are often mostly interchangeable cannot be told from campaigns and is fitted too narrow.
/// </remarks>
public sealed class InterchangeabilityNull
{
    /// <summary>Mean share that is assumed at least.</summary>
    public const double DefaultMean = 0.1;

    /// <summary>Precision (α + β) that is assumed at most, until hundreds of groups speak for more.</summary>
    public const double DefaultPrecision = 10;

    /// <summary>From this many reference groups on the bound on the precision grows, with the root of their number.</summary>
    private const double GroupsForDefault = 100;

    /// <summary>
    /// How many standard errors the data must stand clear of a wider law than they show, before a narrower one than the default is
    /// taken: the e-value of a full group changes tenfold when the precision changes by a third.
    /// </summary>
    private const double Errors = 3;

    private const double MaxMean = 0.5;
    private const double CampaignAlpha = 12;
    private const double CampaignBeta = 2;
    private const int FitMinGroups = 10;

    /// <summary>
    /// How many groups' worth the default counts against a wider spread that the log's groups show. The 120 groups of 13 composed logs
    /// together have a precision of 12, single logs with a dozen groups one of 4 or less.
    /// </summary>
    private const double GroupsOfDefault = 50;

    /// <param name="mean">Mean share of interchangeable members, in (0, 1).</param>
    /// <param name="precision">α + β of the Beta distribution, above 0.</param>
    public InterchangeabilityNull(double mean = DefaultMean, double precision = DefaultPrecision)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(precision);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(mean);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(mean, 1);
        (Mean, Precision) = (mean, precision);
    }

    /// <summary>Mean share of interchangeable members among independent accounts.</summary>
    public double Mean { get; }

    /// <summary>α + β; smaller is more spread.</summary>
    public double Precision { get; }

    /// <summary>Fits the null to groups of independent accounts.</summary>
    /// <param name="reference">The groups; with fewer than ten the default is taken.</param>
    /// <param name="leastMean">The mean share that is assumed at least.</param>
    public static InterchangeabilityNull Fit(IReadOnlyList<ContentExchangeability> reference, double leastMean = DefaultMean)
    {
        ArgumentNullException.ThrowIfNull(reference);
        if (reference.Count < FitMinGroups)
        {
            return new InterchangeabilityNull(leastMean);
        }

        var mean = reference.Average(group => group.Share);
        var squares = reference.Select(group => Math.Pow(group.Share - mean, 2)).ToArray();
        var variance = squares.Average();
        var size = 1 / reference.Average(group => 1.0 / group.Tested);
        var fitted = Precision(mean, variance);
        if (fitted <= DefaultPrecision)
        {
            return new InterchangeabilityNull(Math.Max(mean, leastMean), Shrunk(Math.Max(fitted, 1), reference.Count));
        }

        var upper = Math.Min(mean + (Errors * Math.Sqrt(variance / squares.Length)), MaxMean);
        var doubt = Errors * Math.Sqrt(squares.Average(square => Math.Pow(square - variance, 2)) / squares.Length);
        var bound = DefaultPrecision * Math.Sqrt(Math.Max(1, reference.Count / GroupsForDefault));
        var precision = Math.Clamp(Precision(upper, variance + doubt), DefaultPrecision, bound);
        return new InterchangeabilityNull(Math.Max(precision > DefaultPrecision ? upper : mean, leastMean), precision);

        double Precision(double share, double spread)
        {
            var betweenGroups = (spread - (mean * (1 - mean) / size)) / (1 - (1 / size));
            return betweenGroups <= 0 ? double.PositiveInfinity : (share * (1 - share) / betweenGroups) - 1;
        }
    }

    /// <summary>
    /// A precision that a few groups show, drawn to the default: correlations of members, 1 / (1 + precision), are averaged. One of a dozen
    /// groups with a share of a quarter, as chance has it, would otherwise take all evidence away.
    /// </summary>
    private static double Shrunk(double fitted, int groups)
    {
        var correlation = ((GroupsOfDefault / (1 + DefaultPrecision)) + (groups / (1 + fitted))) / (GroupsOfDefault + groups);
        return (1 / correlation) - 1;
    }

    /// <summary>Evidence that the group's members are directed, from how many of them are interchangeable.</summary>
    public EValue EvidenceOf(ContentExchangeability group)
    {
        ArgumentNullException.ThrowIfNull(group);
        var (alpha, beta) = (Mean * Precision, (1 - Mean) * Precision);
        var (hits, misses) = (group.Interchangeable, group.Tested - group.Interchangeable);
        return EValue.FromNaturalLog(
            LogBeta(CampaignAlpha + hits, CampaignBeta + misses) - LogBeta(CampaignAlpha, CampaignBeta)
            - LogBeta(alpha + hits, beta + misses) + LogBeta(alpha, beta));
    }

    private static double LogBeta(double a, double b) =>
        MathNet.Numerics.SpecialFunctions.GammaLn(a) + MathNet.Numerics.SpecialFunctions.GammaLn(b)
        - MathNet.Numerics.SpecialFunctions.GammaLn(a + b);
}
