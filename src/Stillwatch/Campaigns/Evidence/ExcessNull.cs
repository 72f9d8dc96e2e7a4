using MathNet.Numerics;
using Stillwatch.Statistics;

namespace Stillwatch.Campaigns.Evidence;

/// <summary>How much more than random accounts the members of a group of independent accounts have in common.</summary>
/// <remarks>
/// Independent accounts of one kind cluster: users of one tool in one language come from few countries, hence from few networks and with
/// few programs, and a class registers within a lesson. What they have in common is taken to be negative binomial: a Poisson count with
/// the mean of random members times a factor that differs from group to group (gamma). The law is fitted by maximum likelihood to the
/// groups of the log whose content speaks against divided work; of all laws that the data do not tell apart from the best the one with
/// the most in common is taken, and never one with less than a least factor. Campaigns are not among the groups it is fitted to, so they
/// do not vouch for themselves.
/// </remarks>
public sealed class ExcessNull
{
    /// <summary>The shape that stands for "the same factor for all groups".</summary>
    public const double NoSpread = 1e6;

    private const int FitMinGroups = 10;
    private const double LogLikelihoodSlack = 2;
    private const double MinMean = 0.2;
    private const int Steps = 37;
    private const double Step = 1.25;

    private static readonly double[] Shapes = [0.1, 0.15, 0.25, 0.4, 0.6, 1, 1.5, 2.5, 4, 6, 10, 30, 100, NoSpread];

    /// <param name="factor">How many times more than random accounts independent ones have in common on average, above 0.</param>
    /// <param name="shape">Shape of the gamma law of the factor, above 0; smaller is more spread.</param>
    public ExcessNull(double factor, double shape = NoSpread)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(factor);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(shape);
        (Factor, Shape) = (factor, shape);
    }

    /// <summary>Mean of the factor.</summary>
    public double Factor { get; }

    /// <summary>Shape of its gamma law.</summary>
    public double Shape { get; }

    /// <summary>Fits the law to groups of independent accounts; the least factor without spread where there are too few.</summary>
    /// <param name="groups">What they have in common of one kind.</param>
    /// <param name="leastFactor">The factor that is assumed at least, above 0.</param>
    public static ExcessNull Fit(IReadOnlyCollection<ExcessCount> groups, double leastFactor)
    {
        ArgumentNullException.ThrowIfNull(groups);
        if (groups.Count < FitMinGroups)
        {
            return new ExcessNull(leastFactor);
        }

        var laws = Enumerable.Range(0, Steps)
            .SelectMany(step => Shapes.Select(shape => new ExcessNull(leastFactor * Math.Pow(Step, step), shape)))
            .AsParallel().AsOrdered()
            .Select(law => (Law: law, Fit: groups.Sum(law.LogLikelihood))).ToList();
        var best = laws.Max(static law => law.Fit);
        return laws.Where(law => law.Fit >= best - LogLikelihoodSlack)
            .MaxBy(static law => law.Law.Factor * (1 + (1 / Math.Sqrt(law.Law.Shape)))).Law;
    }

    /// <summary>Probability that a group of independent accounts has as much in common.</summary>
    public PValue ChanceOf(ExcessCount group) =>
        NegativeBinomialTail.AtLeastOfMean(group.Excess, Mean(group.RandomExcess), Shape);

    /// <summary>The logarithm of the probability, but for the part that is the same for all laws.</summary>
    private double LogLikelihood(ExcessCount group)
    {
        var (excess, randomExcess) = group;
        var mean = Mean(randomExcess);
        var rising = excess == 0 ? 0 : SpecialFunctions.GammaLn(excess + Shape) - SpecialFunctions.GammaLn(Shape);
        return rising + (Shape * Math.Log(Shape / (Shape + mean))) + (excess * Math.Log(mean / (Shape + mean)));
    }

    private double Mean(double randomExcess) => Math.Max(Factor * randomExcess, MinMean);
}
