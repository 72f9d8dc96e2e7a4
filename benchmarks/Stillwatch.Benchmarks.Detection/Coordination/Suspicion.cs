namespace Stillwatch.Benchmarks.Detection.Coordination;

/// <summary>What a detector says: how suspicious every account is, whom it accuses itself, and who belongs together.</summary>
/// <param name="Scores">One a account, higher is more suspicious; finite.</param>
/// <param name="Accused">Whom the detector reports at its own operating point.</param>
/// <param name="Groups">Accounts it takes for one operator, the most suspicious group first; groups may overlap.</param>
internal sealed record Suspicion(double[] Scores, bool[] Accused, IReadOnlyList<int[]> Groups)
{
    /// <summary>A detector without groups that accuses from a score on.</summary>
    public static Suspicion FromThreshold(double[] scores, double threshold) =>
        new(scores, Array.ConvertAll(scores, score => score >= threshold), []);

    /// <summary>
    /// A detector that only finds groups: an account ranks by the first group that holds it, inside the group by its strength, and last
    /// if no group holds it.
    /// </summary>
    /// <param name="accounts">How many accounts there are.</param>
    /// <param name="groups">The most suspicious first, each with a strength of at least 0 for every member.</param>
    public static Suspicion FromGroups(int accounts, IReadOnlyList<(int[] Members, double[] Strengths)> groups)
    {
        var scores = new double[accounts];
        for (var index = groups.Count - 1; index >= 0; index--)
        {
            var (members, strengths) = groups[index];
            var most = Math.Max(double.Epsilon, strengths.DefaultIfEmpty(0).Max());
            for (var i = 0; i < members.Length; i++)
            {
                scores[members[i]] = groups.Count - index + (0.5 * strengths[i] / most);
            }
        }

        return new(scores, Array.ConvertAll(scores, static score => score > 0), [.. groups.Select(static group => group.Members)]);
    }
}
