using System.Collections.Frozen;
using Stillwatch.Gateway.Ownership;
using Stillwatch.Gateway.Ownership.Sanctions;
using Stillwatch.Gateway.Policies.Onboarding;

namespace Stillwatch.Gateway.Organisations;

/// <summary>All organisations that the operator knows: which tier each has reached, and whether a mark passes to it. Immutable.</summary>
/// <remarks>
/// Marked from the start is who is seated in an unsupported country, and whom a number names on a sanctions list; names decide nothing.
/// Everything is worked out when the register is made, so that a request costs one look-up.
/// </remarks>
public sealed class OrganisationRegister
{
    private readonly FrozenDictionary<string, OrganisationStanding> _standings;
    private readonly IReadOnlyList<SanctionsList> _lists;

    /// <param name="parties">Organisations and whoever owns them.</param>
    /// <param name="tiers">The tiers.</param>
    /// <param name="unsupported">Countries whose parties are marked, ISO 3166-1 alpha-2.</param>
    /// <param name="lists">Lists whose parties are marked.</param>
    /// <exception cref="ArgumentException">More than the whole of a party is held.</exception>
    public OrganisationRegister(
        IReadOnlyList<OrganisationParty> parties,
        OnboardingTiers tiers,
        IReadOnlyList<string> unsupported,
        IReadOnlyList<SanctionsList> lists)
    {
        ArgumentNullException.ThrowIfNull(parties);
        ArgumentNullException.ThrowIfNull(tiers);
        ArgumentNullException.ThrowIfNull(lists);
        (Tiers, _lists) = (tiers, lists);
        Unknown = new(new(""), tiers.Tiers[0], null, null, []);
        var graph = OwnershipGraph.Create(
            [.. parties.SelectMany(static party => party.Owners)],
            parties.Where(static party => party.IsUltimate).Select(static party => party.Name));
        var listed = parties.ToDictionary(static party => party.Name, Identify, StringComparer.Ordinal);
        var marked = parties.Where(party => listed[party.Name].Count > 0 || (party.Country is { } country && unsupported.Contains(country)))
            .Select(static party => party.Name).ToHashSet(StringComparer.Ordinal);
        var half = Findings(graph, marked, OwnershipThreshold.HalfOrMore);
        var more = Findings(graph, marked, OwnershipThreshold.MoreThanHalf);
        _standings = parties.ToFrozenDictionary(
            static party => party.Name,
            party => new OrganisationStanding(
                party, tiers.Reached(party.Shown), half.GetValueOrDefault(party.Name) ?? Unowned(party.Name),
                more.GetValueOrDefault(party.Name) ?? Unowned(party.Name), listed[party.Name]),
            StringComparer.Ordinal);
    }

    /// <summary>The tiers.</summary>
    public OnboardingTiers Tiers { get; }

    /// <summary>How an organisation stands of which nothing is known: on the first tier, its owners unknown.</summary>
    public OrganisationStanding Unknown { get; }

    /// <summary>Everybody who is known, in ordinal order.</summary>
    public IEnumerable<OrganisationStanding> Standings =>
        _standings.Values.OrderBy(static standing => standing.Party.Name, StringComparer.Ordinal);

    /// <summary>How an organisation stands. Hot path.</summary>
    /// <param name="name">The name that a key gives; null for none.</param>
    public OrganisationStanding StandingOf(string? name) =>
        name is not null && _standings.TryGetValue(name, out var standing) ? standing : Unknown;

    /// <summary>The tier that counts: what a key says, unless its organisation has shown less. Hot path.</summary>
    /// <param name="said">The tier that the key names; one that there is not counts as the first.</param>
    /// <param name="reached">The tier that its organisation has reached.</param>
    public OnboardingTier Counting(string said, OnboardingTier reached)
    {
        // Tiers are in order, so the first of the two is the lower one.
        foreach (var tier in Tiers.Find(said) is null ? [] : Tiers.Tiers)
        {
            if (tier.Name == said || tier == reached)
            {
                return tier;
            }
        }

        return Tiers.Tiers[0];
    }

    /// <summary>Entries of lists with a name of the same words: for a person to look at.</summary>
    public IReadOnlyList<(string Source, SanctionsEntry Entry)> LeadsByName(string name) =>
        [.. _lists.SelectMany(list => list.LeadsByName(name).Select(entry => (list.Source, entry)))];

    private static Dictionary<string, OwnershipFinding> Findings(
        OwnershipGraph graph, IReadOnlySet<string> marked, OwnershipThreshold threshold) =>
        OwnershipRule.Apply(graph, marked, threshold).ToDictionary(static finding => finding.Party, StringComparer.Ordinal);

    /// <summary>Of whom nothing is said but the name, anybody may be the owner.</summary>
    private static OwnershipFinding Unowned(string party) => new(party, OwnershipVerdict.Unresolved, 0, Holding.Whole, 0, []);

    private IReadOnlyList<SanctionsEntry> Identify(OrganisationParty party) =>
        [.. party.Identifiers.SelectMany(identifier => _lists.SelectMany(list => list.Identify(identifier))).Distinct()];
}
