namespace Stillwatch.Campaigns.Evidence;

/// <summary>Whether members were registered closer together in time than chance and the day's registrations explain.</summary>
/// <remarks>
/// S counts members that another member follows within an hour, so that a pair counts once and a triple twice. If registrations do not
/// depend on membership, members come as densely as other accounts do around them: a member with o others within an hour is
/// followed with probability 1 - exp(-(m - 1)·o/(2(N - m))), and S has the sum of these as mean. Members do not count among the others: a
/// burst must not vouch for itself. How much closer independent accounts come that belong together is for <see cref="ExcessNull"/> to say.
/// </remarks>
internal static class CreationBurstTest
{
    /// <summary>How many times more often than random accounts independent ones follow each other at least.</summary>
    public const double LeastFactor = 3;

    private const long WindowMs = 60 * 60 * 1000;

    /// <summary>Members in bursts beside what chance gives; null if too few registrations are known.</summary>
    /// <param name="members">Registration times of the members, one a party.</param>
    /// <param name="population">Registration times of all accounts, ascending.</param>
    public static CreationBurstResult? Test(IReadOnlyList<long> members, long[] population)
    {
        if (members.Count < 4 || population.Length < 5 * members.Count)
        {
            return null;
        }

        var times = members.Order().ToArray();
        var (companions, followed, mean) = (0, 0, 0.0);
        for (var i = 0; i < times.Length; i++)
        {
            var (follows, leads) = (IsNear(times, i - 1), IsNear(times, i));
            companions += follows || leads ? 1 : 0;
            followed += leads ? 1 : 0;
            var others = Within(population, times[i]) - Within(times, times[i]);
            mean += 1 - Math.Exp(-(times.Length - 1.0) * others / (2.0 * (population.Length - times.Length)));
        }

        return new CreationBurstResult(companions, times.Length, new ExcessCount(followed, mean));
    }

    /// <summary>Whether the member after an index follows the one at it within the window.</summary>
    private static bool IsNear(long[] times, int index) =>
        index >= 0 && index + 1 < times.Length && times[index + 1] - times[index] <= WindowMs;

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
