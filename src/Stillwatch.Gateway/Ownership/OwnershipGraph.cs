using System.Collections.Frozen;

namespace Stillwatch.Gateway.Ownership;

/// <summary>Who holds what of whom. Immutable.</summary>
public sealed class OwnershipGraph
{
    private readonly FrozenDictionary<string, Holding[]> _ownersOf;
    private readonly FrozenDictionary<string, Holding[]> _holdingsOf;
    private readonly FrozenSet<string> _ultimate;

    private OwnershipGraph(IReadOnlyCollection<Holding> holdings, IEnumerable<string> ultimate)
    {
        _ownersOf = By(holdings, holding => holding.Owned);
        _holdingsOf = By(holdings, holding => holding.Owner);
        _ultimate = ultimate.ToFrozenSet(StringComparer.Ordinal);
        Parties = [.. _ownersOf.Keys.Union(_holdingsOf.Keys).Union(_ultimate).Order(StringComparer.Ordinal)];
    }

    /// <summary>Everybody who holds or is held, in ordinal order.</summary>
    public IReadOnlyList<string> Parties { get; }

    /// <summary>
    /// Takes holdings that <see cref="Faults"/> finds nothing wrong with. Several holdings of one owner in one party add up.
    /// </summary>
    /// <param name="holdings">Direct holdings.</param>
    /// <param name="ultimate">
    /// Parties that nobody owns: people, states. Whoever has no owner and is not among them has unknown ones.
    /// </param>
    /// <exception cref="ArgumentException">Some fault; the message lists them all.</exception>
    public static OwnershipGraph Create(IReadOnlyCollection<Holding> holdings, IEnumerable<string> ultimate)
    {
        var faults = Faults(holdings);
        return faults.Count == 0
            ? new(holdings, ultimate)
            : throw new ArgumentException(string.Join(Environment.NewLine, faults), nameof(holdings));
    }

    /// <summary>Everything that is wrong with holdings, a sentence each.</summary>
    public static IReadOnlyList<string> Faults(IReadOnlyCollection<Holding> holdings)
    {
        ArgumentNullException.ThrowIfNull(holdings);
        var faults = holdings.Where(holding => holding.BasisPoints is < 0 or > Holding.Whole)
            .Select(holding => $"{holding.Owner} holds {holding.BasisPoints} hundredths of a per cent of {holding.Owned}; 0 to 10000 are.")
            .ToList();
        faults.AddRange(holdings.GroupBy(holding => holding.Owned)
            .Select(group => (Owned: group.Key, Sum: group.Sum(holding => (long)(holding.BasisPoints ?? 0))))
            .Where(held => held.Sum > Holding.Whole)
            .Select(held => $"{held.Sum} hundredths of a per cent of {held.Owned} are held; there are {Holding.Whole}."));
        return faults;
    }

    /// <summary>Direct holdings in a party.</summary>
    public IReadOnlyList<Holding> OwnersOf(string party) => _ownersOf.TryGetValue(party, out var owners) ? owners : [];

    /// <summary>What a party holds directly.</summary>
    public IReadOnlyList<Holding> HoldingsOf(string party) => _holdingsOf.TryGetValue(party, out var holdings) ? holdings : [];

    /// <summary>The part of a party that is not known to be anybody's, in hundredths of a per cent.</summary>
    public int UnknownOf(string party) =>
        _ultimate.Contains(party) ? 0 : Holding.Whole - OwnersOf(party).Sum(holding => holding.BasisPoints ?? 0);

    private static FrozenDictionary<string, Holding[]> By(IEnumerable<Holding> holdings, Func<Holding, string> party) =>
        holdings.GroupBy(party, StringComparer.Ordinal).ToFrozenDictionary(group => group.Key, group => group.ToArray(),
            StringComparer.Ordinal);
}
