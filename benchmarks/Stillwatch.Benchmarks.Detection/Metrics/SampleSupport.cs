using System.Globalization;
using Stillwatch.Statistics;

namespace Stillwatch.Benchmarks.Detection.Metrics;

/// <summary>What a number of benign accounts can prove about a false-positive rate.</summary>
/// <remarks>Clopper and Pearson, 1934, one-sided: the limit lies above the true rate with the stated confidence.</remarks>
/// <param name="Rate">The rate in question.</param>
/// <param name="Benign">Benign accounts, taken as independent.</param>
internal sealed record SampleSupport(double Rate, long Benign)
{
    /// <summary>Confidence of the statement.</summary>
    public const double Confidence = 0.95;

    /// <summary>The most false positives with which the rate is still proved; null if even none would not prove it.</summary>
    public long? MostFalsePositives
    {
        get
        {
            long? most = null;
            for (var count = 0L; count < Benign && ClopperPearson.UpperLimit(count, Benign, Confidence) <= Rate; count++)
            {
                most = count;
            }

            return most;
        }
    }

    /// <summary>The smallest rate that no false positive at all would prove.</summary>
    public double SmallestProvable => ClopperPearson.UpperLimit(0, Benign, Confidence);

    /// <inheritdoc/>
    public override string ToString() => MostFalsePositives is { } most
        ? string.Create(CultureInfo.InvariantCulture, $"FPR {Rate:0.#####}: proved by at most {most:#,0} false positives of {Benign:#,0}")
        : string.Create(
            CultureInfo.InvariantCulture,
            $"FPR {Rate:0.#####}: cannot be proved; no false positive of {Benign:#,0} proves {SmallestProvable:0.######} only");
}
