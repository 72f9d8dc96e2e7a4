using Stillwatch.Gateway.Ownership;
using Stillwatch.Gateway.Ownership.Sanctions;
using Stillwatch.Gateway.Policies.Onboarding;

namespace Stillwatch.Gateway.Organisations;

/// <summary>What the operator knows of an organisation, or of a party that owns one.</summary>
/// <param name="Name">Its name; of an organisation the one that keys give.</param>
public sealed record OrganisationParty(string Name)
{
    /// <summary>What it has shown about itself.</summary>
    public OnboardingProof Shown { get; init; }

    /// <summary>Where it pays from, ISO 3166-1 alpha-2; null where that is not known.</summary>
    public string? BillingCountry { get; init; }

    /// <summary>Where it is seated, ISO 3166-1 alpha-2; null where that is not known.</summary>
    public string? Country { get; init; }

    /// <summary>The programme for education, research or start-ups that it takes part in; null for none.</summary>
    public string? Programme { get; init; }

    /// <summary>Numbers that name it, which sanctions lists are asked for.</summary>
    public IReadOnlyList<SanctionsIdentifier> Identifiers { get; init; } = [];

    /// <summary>Who holds it directly.</summary>
    public IReadOnlyList<Holding> Owners { get; init; } = [];

    /// <summary>Whether nobody owns it: a person, a state. Whoever has no owners and is not so has unknown ones.</summary>
    public bool IsUltimate { get; init; }
}
