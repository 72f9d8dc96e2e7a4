using Stillwatch.Gateway.Ownership;
using Stillwatch.Gateway.Ownership.Sanctions;
using Stillwatch.Gateway.Policies.Onboarding;

namespace Stillwatch.Gateway.Organisations;

/// <summary>How an organisation stands: what policies and limits may know of it.</summary>
/// <param name="Party">What the operator knows.</param>
/// <param name="Reached">The highest tier for which it has shown everything.</param>
/// <param name="HalfOrMore">What the rule of half or more says of it; null where nothing is known of its owners.</param>
/// <param name="MoreThanHalf">What the rule of more than half says; null likewise.</param>
/// <param name="Listed">Entries of sanctions lists that one of its numbers names.</param>
public sealed record OrganisationStanding(
    OrganisationParty Party,
    OnboardingTier Reached,
    OwnershipFinding? HalfOrMore,
    OwnershipFinding? MoreThanHalf,
    IReadOnlyList<SanctionsEntry> Listed);
