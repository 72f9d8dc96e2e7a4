using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace Stillwatch.Evidence.Sharing.Hosting;

/// <summary>Where a server listens.</summary>
/// <param name="EndPoint">Address and port; port 0 takes a free one.</param>
/// <param name="Certificate">For HTTPS; null for plain HTTP, which only this machine itself may be served over.</param>
public sealed record ListenAddress(IPEndPoint EndPoint, X509Certificate2? Certificate = null)
{
    /// <exception cref="InvalidDataException">Plain HTTP would leave this machine: keys would be readable on the way.</exception>
    internal void Check()
    {
        if (Certificate is null && !IPAddress.IsLoopback(EndPoint.Address))
        {
            throw new InvalidDataException(
                $"{EndPoint} can be reached from elsewhere, and without a certificate keys would travel legibly: give a certificate, "
                + "or listen on 127.0.0.1.");
        }
    }
}
