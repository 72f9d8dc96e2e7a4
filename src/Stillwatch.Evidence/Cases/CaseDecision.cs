using Stillwatch.Campaigns;

namespace Stillwatch.Evidence.Cases;

/// <summary>What somebody decides in a case.</summary>
/// <param name="Verdict">What is to happen to the accounts.</param>
/// <param name="Reason">Why, in words.</param>
public sealed record CaseDecision(Consequence Verdict, string Reason)
{
    /// <summary>The accounts that it is about; empty for all of the campaign.</summary>
    public IReadOnlyList<string> Accounts { get; init; } = [];

    /// <summary>Whether a second person has to confirm it, also where the policy does not demand that.</summary>
    public bool FourEyes { get; init; }
}
