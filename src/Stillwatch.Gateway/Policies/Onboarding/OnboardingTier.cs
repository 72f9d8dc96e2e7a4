namespace Stillwatch.Gateway.Policies.Onboarding;

/// <summary>A step of trust. What it may reach is said by policies and limits, which name it.</summary>
/// <param name="Name">As policies (<c>Tier::"T1"</c>) and limits name it.</param>
/// <param name="Needs">Everything that has to be shown for it.</param>
/// <param name="Summary">In a few words, for people.</param>
public sealed record OnboardingTier(string Name, OnboardingProof Needs, string Summary);
