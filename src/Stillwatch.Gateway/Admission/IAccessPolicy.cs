namespace Stillwatch.Gateway.Admission;

/// <summary>
/// Decides whether a request may be made at all. Asked once a request, after authentication, before anything is reserved.
/// </summary>
public interface IAccessPolicy
{
    /// <summary>Decides. Called from many threads; it may not block.</summary>
    AccessDecision Decide(AdmittedRequest request);
}
