using Stillwatch.Statistics;

namespace Stillwatch.Campaigns.Evidence;

/// <summary>Whether members were registered closer together in time than chance and the day's registrations explain.</summary>
/// <remarks>
/// S counts members with another member registered within an hour. If members' registrations are random draws from all
/// registrations, each has on average (m - 1)·(others within an hour)/(N - 1) such companions; the Poisson mean is the sum over
/// the members of the probability of at least one, taken <see cref="Clustering"/> times for what draws people together.
/// </remarks>
internal static class CreationBurstTest
{
    private const long WindowMs = 60 * 60 * 1000;
    private const double Clustering = 3;
    private const double MinMean = 0.2;

    /// <summary>Members in bursts and the probability of so many; null if too few registrations are known.</summary>
    /// <param name="members">Registration times of the members, one a party.</param>
    /// <param name="population">Registration times of all accounts, ascending.</param>
    public static (int Companions, int Known, PValue Chance)? Test(IReadOnlyList<long> members, long[] population)
    {
        if (members.Count < 4 || population.Length < 5 * members.Count)
        {
            return null;
        }

        var times = members.Order().ToArray();
        var (companions, mean) = (0, 0.0);
        for (var i = 0; i < times.Length; i++)
        {
            var near = (i > 0 && times[i] - times[i - 1] <= WindowMs) || (i + 1 < times.Length && times[i + 1] - times[i] <= WindowMs);
            companions += near ? 1 : 0;
            var around = Within(population, times[i]) - 1;
            mean += 1 - Math.Exp(-(times.Length - 1.0) * around / (population.Length - 1));
        }

        return (companions, times.Length, PoissonTail.AtLeast(companions, Math.Max(mean * Clustering, MinMean)));
    }

    private static int Within(long[] population, long time) =>
        LowerBound(population, time + WindowMs + 1) - LowerBound(population, time - WindowMs);

    private static int LowerBound(long[] values, long value)
    {
        var (low, high) = (0, values.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = values[middle] < value ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
