using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Stillwatch.Evidence.Sharing.Access;

/// <summary>Somebody else's server, and who asks it.</summary>
/// <param name="Address">HTTPS, or this machine itself.</param>
/// <param name="Name">The own name there.</param>
/// <param name="Secret">The key that goes with it.</param>
public sealed record RemoteServer(Uri Address, string Name, string Secret)
{
    /// <summary>
    /// The only authorities, or the only certificate, that the server's certificate is believed by; null for those that this machine
    /// trusts. Revocation is not asked for where they are given.
    /// </summary>
    public X509Certificate2Collection? Authorities { get; init; }

    /// <summary>A client that sends the key with every request and follows no redirection.</summary>
    /// <param name="maxAnswerBytes">The longest answer.</param>
    /// <exception cref="InvalidDataException">The address is neither HTTPS nor of this machine.</exception>
    internal HttpClient Connect(int maxAnswerBytes)
    {
        if (Address.Scheme != Uri.UriSchemeHttps && !(Address.Scheme == Uri.UriSchemeHttp && Address.IsLoopback))
        {
            throw new InvalidDataException($"{Address}: a key is sent over HTTPS only, or to this machine itself.");
        }

        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, ConnectTimeout = TimeSpan.FromSeconds(15) };
        if (Authorities is not null)
        {
            var policy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                RevocationMode = X509RevocationMode.NoCheck,
            };
            policy.CustomTrustStore.AddRange(Authorities);
            handler.SslOptions.CertificateChainPolicy = policy;
        }

        var http = new HttpClient(handler)
        {
            BaseAddress = Address,
            MaxResponseContentBufferSize = maxAnswerBytes,
            Timeout = TimeSpan.FromMinutes(2),
        };
        http.DefaultRequestHeaders.Authorization =
            new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Name}:{Secret}")));
        return http;
    }
}
