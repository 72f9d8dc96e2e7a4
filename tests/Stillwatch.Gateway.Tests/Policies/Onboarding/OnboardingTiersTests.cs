using Stillwatch.Gateway.Policies.Onboarding;

namespace Stillwatch.Gateway.Tests.Policies.Onboarding;

public sealed class OnboardingTiersTests
{
    private const OnboardingProof Verified = OnboardingProof.Email | OnboardingProof.Phone | OnboardingProof.Payment;

    [Theory]
    [InlineData(OnboardingProof.None, "T0")]
    [InlineData(OnboardingProof.Email | OnboardingProof.Phone, "T0")]
    [InlineData(OnboardingProof.Contract | OnboardingProof.Identity, "T0")]
    [InlineData(Verified, "T1")]
    [InlineData(Verified | OnboardingProof.Identity, "T1")]
    [InlineData(Verified | OnboardingProof.Identity | OnboardingProof.BeneficialOwners, "T2")]
    [InlineData(Verified | OnboardingProof.Contract, "T1")]
    [InlineData(Verified | OnboardingProof.Identity | OnboardingProof.BeneficialOwners | OnboardingProof.Contract, "T3")]
    public void Reached_IsTheHighestWithEverythingShown(OnboardingProof shown, string tier) =>
        Assert.Equal(tier, OnboardingTiers.Default.Reached(shown).Name);

    [Fact]
    public void Missing_SaysWhatIsToBeShown()
    {
        Assert.Equal(OnboardingProof.Payment, OnboardingTiers.Default.Missing("T1", OnboardingProof.Email | OnboardingProof.Phone));
        Assert.Throws<ArgumentException>(() => OnboardingTiers.Default.Missing("T9", OnboardingProof.None));
    }

    [Fact]
    public void Programme_NeedsToKnowWhoItIs()
    {
        Assert.False(OnboardingTiers.Default.MayJoinProgramme(Verified));
        Assert.True(OnboardingTiers.Default.MayJoinProgramme(Verified | OnboardingProof.Identity | OnboardingProof.BeneficialOwners));
    }

    [Fact]
    public void Tiers_ThatDoNotBuildOnEachOther_AreRefused()
    {
        Assert.Throws<ArgumentException>(() => new OnboardingTiers([], "a"));
        Assert.Throws<ArgumentException>(() => new OnboardingTiers([new("a", OnboardingProof.Email, "")], "a"));
        Assert.Throws<ArgumentException>(() => new OnboardingTiers([new("a", OnboardingProof.None, "")], "b"));
        Assert.Throws<ArgumentException>(() => new OnboardingTiers(
            [new("a", OnboardingProof.None, ""), new("b", OnboardingProof.Email, ""), new("c", OnboardingProof.Phone, "")], "a"));
    }
}
