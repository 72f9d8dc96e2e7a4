namespace Stillwatch.Statistics;

/// <summary>Tests whether labels have anything to do with the data, by assigning them to the members anew in random order.</summary>
/// <remarks>
/// Fisher 1935; Pitman 1937. Valid in finite samples if, under the null hypothesis, the labels are exchangeable given the data; permute
/// within strata where only that holds. See <see cref="RandomizationTest"/> for the p-value. Deterministic for a seed. Stateless; safe from
/// any thread.
/// </remarks>
public static class PermutationTest
{
    /// <summary>Compares with a fixed number of random assignments.</summary>
    /// <param name="labels">The label of each member.</param>
    /// <param name="statistic">Large is extreme.</param>
    /// <param name="draws">At least 1; the p-value is at least 1/(draws + 1).</param>
    /// <param name="seed">The seed of the assignments.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number of draws is below 1, or the observed statistic is not a number.</exception>
    public static RandomizationResult Run(ReadOnlySpan<int> labels, LabelStatistic statistic, int draws, ulong seed) =>
        RunSequential(labels, statistic, new(draws, requiredExceedances: int.MaxValue), seed);

    /// <summary>Compares with random assignments until enough of them have reached the observed statistic or the budget is spent.</summary>
    /// <param name="labels">The label of each member.</param>
    /// <param name="statistic">Large is extreme.</param>
    /// <param name="stopping">When to stop; fixed before the data are seen.</param>
    /// <param name="seed">The seed of the assignments.</param>
    /// <exception cref="ArgumentOutOfRangeException">The observed statistic is not a number.</exception>
    public static RandomizationResult RunSequential(
        ReadOnlySpan<int> labels, LabelStatistic statistic, BesagCliffordStopping stopping, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(statistic);
        var permuted = labels.ToArray();
        return RandomizationTest.RunSequential(statistic(labels), Draw, stopping, seed);

        double Draw(ref SeededGenerator generator)
        {
            generator.Shuffle<int>(permuted);
            return statistic(permuted);
        }
    }
}
