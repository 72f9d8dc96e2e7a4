using Stillwatch.Campaigns;

namespace Stillwatch.Gateway.Responses;

/// <summary>Which step follows from which finding.</summary>
/// <param name="Verdict">The least verdict.</param>
/// <param name="Step">What is done.</param>
public sealed record ResponsePolicyRule(Verdict Verdict, ResponseStep Step)
{
    /// <summary>The least decimal logarithm of the campaign's e-value; null for any, also for accounts of no campaign.</summary>
    public double? Log10EValue { get; init; }

    /// <summary>Whether it is done; otherwise it is only noted what would be. Default false.</summary>
    public bool Enforce { get; init; }

    /// <summary>Whether it applies.</summary>
    public bool Matches(Verdict verdict, double? log10EValue) =>
        verdict >= Verdict && (Log10EValue is not { } least || log10EValue >= least);
}
