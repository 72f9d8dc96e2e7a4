using Stillwatch.Gateway.Dialects;

namespace Stillwatch.Gateway.Admission;

/// <summary>
/// Decides whether a request may be made at all. Asked once a request, after authentication, before anything is reserved.
/// </summary>
public interface IAccessPolicy
{
    /// <summary>Decides. Called from many threads; it may not block.</summary>
    /// <returns>Null to let the request through, otherwise what the client is told.</returns>
    Refusal? Decide(AdmittedRequest request);
}
