namespace Stillwatch.Benchmarks.Detection.Coordination;

/// <summary>Groups of accounts that act on the same objects, each object within a short time.</summary>
/// <remarks>
/// A. Beutel, W. Xu, V. Guruswami, C. Palow, C. Faloutsos, "CopyCatch: stopping group attacks by spotting lockstep behavior in social
/// networks", WWW 2013, in the form that StarScout (H. He et al., ICSE 2026) ran at scale: from each object as a beginning, the accounts
/// that act near the centres give the objects with most such accounts and their centres (mean times), and these objects give the accounts
/// that acted on at least rho m of them near the centres. Only an account's first action on an object counts. Groups with the
/// same objects are found once. Cost: rounds times the actions of the accounts near each beginning.
/// </remarks>
internal static class CopyCatch
{
    /// <summary>Suspicion by groups, the largest first; inside a group by the objects an account acted on.</summary>
    /// <param name="accounts">How many accounts there are.</param>
    /// <param name="objects">How many objects there are.</param>
    /// <param name="actions">Who acted on what, and when.</param>
    /// <param name="options">How to look.</param>
    /// <param name="cancellation">Ends the search.</param>
    public static Suspicion Detect(
        int accounts, int objects, IEnumerable<AccountAction> actions, CopyCatchOptions options, CancellationToken cancellation)
    {
        var first = new FirstActions(accounts, objects, actions);
        var (groups, known) = (new List<(int[] Members, double[] Strengths)>(), new HashSet<string>());
        for (var seed = 0; seed < objects; seed++)
        {
            cancellation.ThrowIfCancellationRequested();
            var users = first.OnObject(seed).Length;
            if (users < options.MinAccounts || users > options.MaxSeedAccounts)
            {
                continue;
            }

            var (members, chosen) = new CopyCatchSearch(first, options).Run(seed);
            if (members.Count >= options.MinAccounts && chosen.Length >= options.Objects && known.Add(string.Join(',', chosen)))
            {
                var ordered = members.OrderBy(static member => member.Key).ToArray();
                groups.Add(([.. ordered.Select(static member => member.Key)], [.. ordered.Select(static member => (double)member.Value)]));
            }
        }

        return Suspicion.FromGroups(accounts, Distinct(groups));
    }

    /// <summary>The largest first; a group of which most members were in a larger one is that one again.</summary>
    private static List<(int[] Members, double[] Strengths)> Distinct(List<(int[] Members, double[] Strengths)> groups)
    {
        var kept = new List<(int[] Members, double[] Strengths)>();
        var claimed = new HashSet<int>();
        foreach (var group in groups.OrderByDescending(static group => group.Members.Length).ThenBy(static group => group.Members[0]))
        {
            if (group.Members.Count(claimed.Contains) * 2 <= group.Members.Length)
            {
                kept.Add(group);
                claimed.UnionWith(group.Members);
            }
        }

        return kept;
    }
}
