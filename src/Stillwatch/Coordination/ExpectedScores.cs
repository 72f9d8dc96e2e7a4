namespace Stillwatch.Coordination;

/// <summary>
/// How high a member's score in a group can be expected to be, given how much it asked: a phrase shows only once it is repeated, so that
/// members with few interactions share less of what is typical than they use.
/// </summary>
/// <remarks>
/// Each typical value is used at some rate r by every member, which its share among the members tells: a member with n interactions repeats
/// it with probability 1 − (1 − r)ⁿ − n r (1 − r)ⁿ⁻¹.
/// </remarks>
internal sealed class ExpectedScores
{
    /// <summary>Enough to know a rate to a millionth of its own size.</summary>
    private const int Bisections = 40;

    private const double LowestRate = 1e-6;
    private const double HighestRate = 0.999;

    private readonly (double Weight, double Rate)[] _values;

    /// <param name="graph">Who uses what.</param>
    /// <param name="core">What is typical of the group.</param>
    /// <param name="interactions">How many interactions each of some members has.</param>
    public ExpectedScores(SharingGraph graph, IReadOnlyList<CoreValue> core, IEnumerable<long> interactions)
    {
        var counts = interactions.CountBy(static count => count).Select(static pair => ((double)pair.Key, (double)pair.Value)).ToArray();
        var average = core.Sum(value => graph.Value(value.Value).Weight * value.Share * value.Share);
        _values = [.. core.Select(value => (graph.Value(value.Value).Weight * value.Share / average, Rate(value.Share, counts)))];
    }

    /// <summary>The expected score of a member with so many interactions.</summary>
    public double Of(long interactions) => _values.Sum(value => value.Weight * Repeats(value.Rate, interactions));

    /// <summary>The rate at which the share of members that repeat a value is what it is.</summary>
    private static double Rate(double share, (double Interactions, double Members)[] counts)
    {
        var members = counts.Sum(static count => count.Members);
        var (low, high) = (LowestRate, HighestRate);
        for (var step = 0; step < Bisections; step++)
        {
            var rate = Math.Sqrt(low * high);
            var expected = counts.Sum(count => count.Members * Repeats(rate, count.Interactions)) / members;
            (low, high) = expected < share ? (rate, high) : (low, rate);
        }

        return low;
    }

    private static double Repeats(double rate, double interactions) =>
        1 - Math.Pow(1 - rate, interactions) - (interactions * rate * Math.Pow(1 - rate, interactions - 1));
}
