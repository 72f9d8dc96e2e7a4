namespace Stillwatch.Gateway.Policies.Onboarding;

/// <summary>What an account has shown about itself.</summary>
[Flags]
public enum OnboardingProof
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>An address of e-mail that answers.</summary>
    Email = 1,

    /// <summary>A telephone that answers.</summary>
    Phone = 2,

    /// <summary>A means of payment that has paid.</summary>
    Payment = 4,

    /// <summary>Who the person is, or which company, by its registry.</summary>
    Identity = 8,

    /// <summary>Who owns the company; of a person, that there is nobody behind.</summary>
    BeneficialOwners = 16,

    /// <summary>A contract that names the use, with the right to audit.</summary>
    Contract = 32,
}
