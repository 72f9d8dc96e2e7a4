using Stillwatch.Gateway.Policies.Language;

namespace Stillwatch.Gateway.Policies;

/// <summary>
/// Policies that decide together, with the semantics of Cedar: denied unless permitted, and a forbid overrides every permit.
/// </summary>
/// <remarks>
/// A policy whose evaluation fails does not count, and the decision says so. The language is the part of Cedar that docs/policies.md names;
/// a text that this reads, Cedar reads alike (https://docs.cedarpolicy.com). Immutable.
/// </remarks>
public sealed class PolicySet
{
    /// <summary>Characters of the longest text.</summary>
    public const int MaxTextLength = 1024 * 1024;

    /// <summary>The most policies; every one is asked at every request.</summary>
    public const int MaxPolicies = 2000;

    private PolicySet(IReadOnlyList<Policy> policies) => Policies = policies;

    /// <summary>The policies, in the order of the text.</summary>
    public IReadOnlyList<Policy> Policies { get; }

    /// <summary>Reads policies.</summary>
    /// <param name="text">Policies in Cedar's syntax.</param>
    /// <param name="faults">Everything that is wrong; empty if the text is read.</param>
    /// <returns>The policies; null if anything is wrong.</returns>
    public static PolicySet? Parse(string text, out IReadOnlyList<PolicyFault> faults)
    {
        ArgumentNullException.ThrowIfNull(text);
        var (policies, found) = PolicyParser.Parse(text);
        faults = found;
        return found.Count == 0 ? new(policies) : null;
    }

    /// <summary>Decides. Takes time in the length of the policies and the size of the request, both bounded.</summary>
    public PolicyDecision Decide(PolicyRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        List<string> permits = [];
        List<string> forbids = [];
        List<PolicyError>? errors = null;
        foreach (var policy in Policies)
        {
            var value = policy.Evaluate(request);
            if (value.IsTrue)
            {
                (policy.Effect == PolicyEffect.Permit ? permits : forbids).Add(policy.Id);
            }
            else if (value.IsError)
            {
                (errors ??= []).Add(new(policy.Id, value.Text));
            }
        }

        var isAllowed = permits.Count > 0 && forbids.Count == 0;
        return new(isAllowed, isAllowed ? permits : forbids, errors ?? (IReadOnlyList<PolicyError>)[]);
    }
}
