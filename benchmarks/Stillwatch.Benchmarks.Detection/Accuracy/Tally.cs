using Stillwatch.Evaluation;

namespace Stillwatch.Benchmarks.Detection.Accuracy;

/// <summary>So many of so many.</summary>
/// <param name="Count">How many are meant.</param>
/// <param name="Of">How many there are.</param>
internal readonly record struct Tally(long Count, long Of)
{
    /// <summary>The counts of a proportion.</summary>
    public static Tally From(Proportion proportion) => new(proportion.Count, proportion.Of);

    /// <summary>All together.</summary>
    public static Tally Sum(IEnumerable<Tally> tallies) =>
        tallies.Aggregate(default(Tally), static (sum, next) => new(sum.Count + next.Count, sum.Of + next.Of));
}
