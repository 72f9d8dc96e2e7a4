using System.Net;

namespace Stillwatch.Gateway.Configuration;

/// <summary>Where clients connect.</summary>
/// <param name="EndPoint">Address and port; port 0 takes a free one.</param>
/// <param name="Certificate">Path of a PKCS #12 file for HTTPS; null for plain HTTP.</param>
/// <param name="CertificatePasswordVariable">The environment variable that holds the file's password; null where it has none.</param>
public sealed record ListenerOptions(IPEndPoint EndPoint, string? Certificate, string? CertificatePasswordVariable)
{
    /// <summary>Whose certificates clients may show; null where none is asked for.</summary>
    public ClientCertificateOptions? Clients { get; init; }
}
