namespace Stillwatch.Gateway.Policies.Onboarding;

/// <summary>The tiers, from the least trusted up: each needs all that those before it need.</summary>
public sealed class OnboardingTiers
{
    /// <summary>
    /// Programmes for education, research and start-ups give much for little and were farmed for it, so they need what this tier needs.
    /// </summary>
    private readonly OnboardingTier _forProgrammes;

    /// <summary>Takes tiers.</summary>
    /// <param name="tiers">In order.</param>
    /// <param name="forProgrammes">The lowest tier that may take part in a programme.</param>
    /// <exception cref="ArgumentException">
    /// There is none, one does not need all that those before it need, a name is used twice, or the first needs something.
    /// </exception>
    public OnboardingTiers(IReadOnlyList<OnboardingTier> tiers, string forProgrammes)
    {
        ArgumentNullException.ThrowIfNull(tiers);
        var isOrdered = tiers.Zip(tiers.Skip(1)).All(pair => (pair.First.Needs & ~pair.Second.Needs) == 0);
        if (tiers.Count == 0 || tiers[0].Needs != OnboardingProof.None || !isOrdered
            || tiers.DistinctBy(tier => tier.Name).Count() < tiers.Count)
        {
            throw new ArgumentException("Tiers have different names, the first needs nothing, each needs all that those before it need.");
        }

        Tiers = tiers;
        _forProgrammes = Find(forProgrammes) ?? throw new ArgumentException($"There is no tier '{forProgrammes}'.", nameof(forProgrammes));
    }

    /// <summary>Trial, verified, known, contracted.</summary>
    public static OnboardingTiers Default { get; } = new(
        [
            new("T0", OnboardingProof.None, "trial: a small model, few requests, no probabilities, no reasoning"),
            new("T1", OnboardingProof.Email | OnboardingProof.Phone | OnboardingProof.Payment, "verified: e-mail, telephone and payment"),
            new(
                "T2",
                OnboardingProof.Email | OnboardingProof.Phone | OnboardingProof.Payment | OnboardingProof.Identity
                    | OnboardingProof.BeneficialOwners,
                "known: who it is, and who owns it"),
            new(
                "T3",
                OnboardingProof.Email | OnboardingProof.Phone | OnboardingProof.Payment | OnboardingProof.Identity
                    | OnboardingProof.BeneficialOwners | OnboardingProof.Contract,
                "contracted: a named use, audit, limits of its own"),
        ],
        forProgrammes: "T2");

    /// <summary>In order.</summary>
    public IReadOnlyList<OnboardingTier> Tiers { get; }

    /// <summary>A tier; null if there is none of that name.</summary>
    public OnboardingTier? Find(string name) => Tiers.FirstOrDefault(tier => tier.Name == name);

    /// <summary>The highest tier for which everything is shown.</summary>
    public OnboardingTier Reached(OnboardingProof shown) => Tiers.Last(tier => (tier.Needs & ~shown) == 0);

    /// <summary>What is missing for a tier.</summary>
    /// <exception cref="ArgumentException">There is no such tier.</exception>
    public OnboardingProof Missing(string tier, OnboardingProof shown) =>
        (Find(tier) ?? throw new ArgumentException($"There is no tier '{tier}'.", nameof(tier))).Needs & ~shown;

    /// <summary>Whether an account may take part in a programme for education, research or start-ups.</summary>
    public bool MayJoinProgramme(OnboardingProof shown) => (_forProgrammes.Needs & ~shown) == 0;
}
