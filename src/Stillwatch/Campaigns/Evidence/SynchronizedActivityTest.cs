using Stillwatch.Statistics;

namespace Stillwatch.Campaigns.Evidence;

/// <summary>Whether the members keep more similar hours than accounts drawn from all groups.</summary>
/// <remarks>
/// Each account is a histogram of the times of the same number of its interactions over the hours of the day (UTC); the statistic is
/// the mean overlap of two members' histograms, the null as many accounts drawn from members and reference accounts together, as in
/// <see cref="LoadBalanceTest"/>. Members that follow people in one time zone overlap as well, so this is weak evidence by itself.
/// </remarks>
internal static class SynchronizedActivityTest
{
    /// <summary>Interactions of each account that are looked at; accounts with fewer are left out.</summary>
    public const int Times = 12;

    private const int Hours = 24;
    private const int Draws = 499;
    private const int MaxMembers = 40;
    private const long HourMs = 60 * 60 * 1000;

    /// <summary>The histogram of one account; null if it has too few prompts.</summary>
    public static float[]? Histogram(MemberObservation member)
    {
        if (member.Prompts.Count < Times)
        {
            return null;
        }

        var histogram = new float[Hours];
        foreach (var prompt in member.Prompts.Take(Times))
        {
            histogram[(int)(prompt.ObservedAtMs / HourMs % Hours)] += 1f / Times;
        }

        return histogram;
    }

    /// <summary>The mean overlap of the members' hours and its p-value; null if too few can be compared.</summary>
    public static (double Overlap, PValue Chance)? Test(
        IReadOnlyList<float[]> members, IReadOnlyList<float[]> reference, ulong seed)
    {
        var own = members.Take(MaxMembers).ToArray();
        if (own.Length < 4 || reference.Count < 3 * own.Length)
        {
            return null;
        }

        var observed = Overlap(own);
        var generator = new SeededGenerator(seed);
        float[][] pool = [.. own, .. reference];
        var atLeast = 1;
        for (var draw = 0; draw < Draws; draw++)
        {
            for (var i = 0; i < own.Length; i++)
            {
                var pick = i + generator.Next(pool.Length - i);
                (pool[i], pool[pick]) = (pool[pick], pool[i]);
            }

            atLeast += Overlap(pool.AsSpan(0, own.Length)) >= observed ? 1 : 0;
        }

        return (observed, PValue.FromProbability((double)atLeast / (Draws + 1)));
    }

    private static double Overlap(ReadOnlySpan<float[]> histograms)
    {
        var sum = 0.0;
        for (var i = 0; i < histograms.Length; i++)
        {
            for (var j = 0; j < i; j++)
            {
                var (left, right) = (histograms[i], histograms[j]);
                for (var hour = 0; hour < Hours; hour++)
                {
                    sum += Math.Min(left[hour], right[hour]);
                }
            }
        }

        return 2 * sum / (histograms.Length * (histograms.Length - 1));
    }
}
