namespace Stillwatch.Gateway.Admission;

/// <summary>Lets every authenticated request through that its key's scopes allow: the access of a gateway without a policy.</summary>
public sealed class OpenAccess : IAccessPolicy
{
    /// <summary>Decides nothing, so there is one.</summary>
    public static OpenAccess Instance { get; } = new();

    /// <inheritdoc/>
    public AccessDecision Decide(AdmittedRequest request) => AccessDecision.Allowed;
}
