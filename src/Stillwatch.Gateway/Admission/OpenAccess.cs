using Stillwatch.Gateway.Dialects;

namespace Stillwatch.Gateway.Admission;

/// <summary>Lets every authenticated request through that its key's scopes allow: the access of a gateway without a policy.</summary>
public sealed class OpenAccess : IAccessPolicy
{
    /// <inheritdoc/>
    public Refusal? Decide(AdmittedRequest request) => null;
}
