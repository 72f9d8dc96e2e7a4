namespace Stillwatch.Benchmarks.Detection.Coordination;

/// <summary>How authoritative each value is: the principal right singular vector of who uses what.</summary>
/// <remarks>
/// J. Kleinberg, "Authoritative sources in a hyperlinked environment", 1999 (HITS), by power iteration from equal weights.
/// </remarks>
internal static class Authority
{
    /// <summary>The authority of every value, of Euclidean length 1; all 0 for a graph without edges.</summary>
    public static double[] Of(BipartiteGraph graph, int rounds)
    {
        var authority = new double[graph.ValueCount];
        Array.Fill(authority, 1);
        for (var round = 0; round < rounds; round++)
        {
            var next = new double[graph.ValueCount];
            for (var account = 0; account < graph.AccountCount; account++)
            {
                var hub = 0.0;
                foreach (var value in graph.ValuesOf(account))
                {
                    hub += authority[value];
                }

                foreach (var value in graph.ValuesOf(account))
                {
                    next[value] += hub;
                }
            }

            var length = Math.Sqrt(next.Sum(static x => x * x));
            authority = length == 0 ? next : Array.ConvertAll(next, x => x / length);
        }

        return authority;
    }
}
