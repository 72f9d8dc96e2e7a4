namespace Stillwatch.Gateway.Configuration;

/// <summary>Whose certificates clients may show.</summary>
/// <param name="Authorities">A file of certificates (PEM) by which they have to be signed.</param>
/// <param name="IsNeeded">Whether a connection without one is refused.</param>
public sealed record ClientCertificateOptions(string Authorities, bool IsNeeded);
