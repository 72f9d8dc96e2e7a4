using Stillwatch.Gateway.Admission;
using Stillwatch.Gateway.Dialects;
using Stillwatch.Gateway.Policies;

namespace Stillwatch.Gateway.Metering;

/// <summary>Asks the access policies about each request.</summary>
/// <param name="policy">The policies; may be replaced while requests are asked about.</param>
public sealed class PolicyAccess(AccessPolicy policy) : IAccessPolicy
{
    private volatile AccessPolicy _policy = policy ?? throw new ArgumentNullException(nameof(policy));

    /// <summary>The policies in force.</summary>
    public AccessPolicy Policy
    {
        get => _policy;
        set => _policy = value ?? throw new ArgumentNullException(nameof(value));
    }

    /// <inheritdoc/>
    public Refusal? Decide(AdmittedRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var inForce = _policy;
        var decision = inForce.Decide(QuestionOf(request));
        return decision.IsAllowed
            ? null
            : new(RefusalReason.PolicyDenied, inForce.MessageOf(decision) ?? "This is not allowed for your account.");
    }

    /// <summary>The request as policies see it.</summary>
    internal static AccessQuestion QuestionOf(AdmittedRequest request)
    {
        var (key, facts) = (request.Key, request.Facts);
        List<string> features = [];
        if (facts.Logprobs == true || facts.TopLogprobs > 0)
        {
            features.Add("logprobs");
        }

        if (facts.LogitBias > 0)
        {
            features.Add("logit-bias");
        }

        if (facts.Stream)
        {
            features.Add("stream");
        }

        return new(
            key.Account, key.Organization ?? "", key.Tier, EndpointTable.NameOf(request.Endpoint), facts.Model, request.ArrivedAt)
        {
            Features = features,
            Country = request.Client.Country,
            Address = System.Net.IPAddress.TryParse(request.Client.Address?.ToString(), out var address) ? address : null,
        };
    }
}
