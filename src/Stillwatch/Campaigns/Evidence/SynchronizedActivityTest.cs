using Stillwatch.Statistics;

namespace Stillwatch.Campaigns.Evidence;

/// <summary>Whether the members keep more similar hours than accounts drawn from all groups.</summary>
/// <remarks>
/// Each account is a histogram of the times of the same number of its interactions over the hours of the day (UTC); the statistic is
/// the mean overlap of two members' histograms, the null as many accounts drawn from members and reference accounts together, as in
/// <see cref="LoadBalanceTest"/>. Members that follow people in one time zone overlap as well, so this is weak evidence by itself.
/// A histogram is kept as its unit squares, hour times <see cref="Times"/> plus height: two overlap by the squares they have in
/// common, so that a draw costs what its accounts cost and not what their pairs would, and ties are exact.
/// </remarks>
internal static class SynchronizedActivityTest
{
    /// <summary>Interactions of each account that are looked at; accounts with fewer are left out.</summary>
    public const int Times = 12;

    private const int Hours = 24;
    private const int Draws = 499;
    private const int MaxMembers = 40;
    private const long HourMs = 60 * 60 * 1000;

    /// <summary>The unit squares of one account's histogram; null if it has too few prompts.</summary>
    public static int[]? Histogram(MemberObservation member)
    {
        if (member.Prompts.Count < Times)
        {
            return null;
        }

        Span<int> heights = stackalloc int[Hours];
        heights.Clear();
        var squares = new int[Times];
        for (var i = 0; i < Times; i++)
        {
            var hour = (int)(member.Prompts[i].ObservedAtMs / HourMs % Hours);
            squares[i] = (hour * Times) + heights[hour]++;
        }

        return squares;
    }

    /// <summary>
    /// The mean overlap of the members' hours, in [0, 1], how many standard deviations of the draws it lies above their mean, and its
    /// p-value; null if too few can be compared.
    /// </summary>
    public static ActivityResult? Test(IReadOnlyList<int[]> members, IReadOnlyList<int[]> reference, ulong seed)
    {
        var own = members.Take(MaxMembers).ToArray();
        if (own.Length < 4 || reference.Count < 3 * own.Length)
        {
            return null;
        }

        var observed = CommonSquares(own);
        var generator = new SeededGenerator(seed);
        int[][] pool = [.. own, .. reference];
        var draws = new double[Draws];
        for (var draw = 0; draw < Draws; draw++)
        {
            for (var i = 0; i < own.Length; i++)
            {
                var pick = i + generator.Next(pool.Length - i);
                (pool[i], pool[pick]) = (pool[pick], pool[i]);
            }

            draws[draw] = CommonSquares(pool.AsSpan(0, own.Length));
        }

        var pairs = own.Length * (own.Length - 1) / 2;
        return ActivityResult.Of((double)observed / pairs / Times, observed, draws);
    }

    /// <summary>Squares in common, summed over all pairs of accounts.</summary>
    private static long CommonSquares(ReadOnlySpan<int[]> accounts)
    {
        Span<int> users = stackalloc int[Hours * Times];
        users.Clear();
        var common = 0L;
        foreach (var squares in accounts)
        {
            foreach (var square in squares)
            {
                common += users[square]++;
            }
        }

        return common;
    }
}
