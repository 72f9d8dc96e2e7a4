namespace Stillwatch.Gateway.Ownership;

/// <summary>Passes a mark (listed, or seated in an unsupported region) down an ownership graph.</summary>
/// <remarks>
/// The least fixpoint of: a party is marked if it is marked from the start, or if marked parties directly hold enough of it in sum. A
/// company once marked counts with all that it holds, however little of it stands behind: shares are not multiplied along a chain
/// (OFAC FAQ 401). The fixpoint exists in graphs with cycles, too, and is the same in every order. Run a second time with every unknown
/// share taken as marked and as large as it can be, it tells whom unknown shares could mark.
/// </remarks>
public static class OwnershipRule
{
    /// <summary>
    /// The rounds of the look-through at most; each adds chains one link longer, and what remains is below a hundredth of a per cent.
    /// </summary>
    private const int LookThroughRounds = 200;

    /// <summary>Keeps a product that is whole in decimals from being rounded down for its binary form.</summary>
    private const double Rounding = 1e-6;

    /// <summary>What the rule says of every party of the graph and every marked one, in ordinal order.</summary>
    /// <param name="graph">Who holds what.</param>
    /// <param name="marked">Who is marked from the start.</param>
    /// <param name="threshold">From which share on.</param>
    public static IReadOnlyList<OwnershipFinding> Apply(
        OwnershipGraph graph, IReadOnlySet<string> marked, OwnershipThreshold threshold)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(marked);
        var sure = Fixpoint(graph, marked, _ => 0, threshold);
        var possible = Fixpoint(graph, marked, graph.UnknownOf, threshold);
        var through = LookThrough(graph, marked);
        return
        [
            .. graph.Parties.Union(marked).Order(StringComparer.Ordinal).Select(party => new OwnershipFinding(
                party,
                sure.Contains(party) ? OwnershipVerdict.Marked : possible.Contains(party) ? OwnershipVerdict.Unresolved
                    : OwnershipVerdict.Clear,
                graph.OwnersOf(party).Where(holding => sure.Contains(holding.Owner)).Sum(holding => holding.BasisPoints ?? 0),
                graph.UnknownOf(party),
                (int)((through.GetValueOrDefault(party) * Holding.Whole) + Rounding),
                [.. graph.OwnersOf(party).Select(holding => holding.Owner).Where(sure.Contains).Distinct().Order(StringComparer.Ordinal)])),
        ];
    }

    /// <summary>Each party is looked at once for each of its owners that becomes marked.</summary>
    private static HashSet<string> Fixpoint(
        OwnershipGraph graph, IReadOnlySet<string> marked, Func<string, int> always, OwnershipThreshold threshold)
    {
        var found = marked.ToHashSet(StringComparer.Ordinal);
        var held = graph.Parties.ToDictionary(party => party, always, StringComparer.Ordinal);
        found.UnionWith(held.Where(party => IsEnough(party.Value, threshold)).Select(party => party.Key));
        for (var open = new Queue<string>(found); open.TryDequeue(out var owner);)
        {
            foreach (var holding in graph.HoldingsOf(owner))
            {
                held[holding.Owned] += holding.BasisPoints ?? 0;
                if (IsEnough(held[holding.Owned], threshold) && found.Add(holding.Owned))
                {
                    open.Enqueue(holding.Owned);
                }
            }
        }

        return found;
    }

    private static bool IsEnough(int basisPoints, OwnershipThreshold threshold) => threshold == OwnershipThreshold.HalfOrMore
        ? basisPoints >= Holding.Whole / 2
        : basisPoints > Holding.Whole / 2;

    private static Dictionary<string, double> LookThrough(OwnershipGraph graph, IReadOnlySet<string> marked)
    {
        var shares = marked.ToDictionary(party => party, _ => 1.0, StringComparer.Ordinal);
        for (var round = 0; round < LookThroughRounds; round++)
        {
            var next = graph.Parties.Where(party => !marked.Contains(party)).ToDictionary(
                party => party,
                party => graph.OwnersOf(party).Sum(holding =>
                    (holding.BasisPoints ?? 0) / (double)Holding.Whole * shares.GetValueOrDefault(holding.Owner)),
                StringComparer.Ordinal);
            var change = next.Sum(share => Math.Abs(share.Value - shares.GetValueOrDefault(share.Key)));
            foreach (var (party, share) in next)
            {
                shares[party] = share;
            }

            if (change < 1e-9)
            {
                break;
            }
        }

        return shares;
    }
}
