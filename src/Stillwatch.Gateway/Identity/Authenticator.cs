using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Http;

namespace Stillwatch.Gateway.Identity;

/// <summary>Finds out who a client is: by key, by token, or by the certificate of its connection.</summary>
/// <param name="keys">The keys.</param>
/// <param name="tokens">The tokens that are accepted; null for none.</param>
public sealed class Authenticator(KeyTable keys, TokenVerifier? tokens)
{
    /// <summary>Finds out who makes a request.</summary>
    public ValueTask<(KeyStatus Status, GatewayKey? Key)> AuthenticateAsync(HttpContext http, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(http);
        var presented = KeyTable.Presented(http.Request.Headers);
        if (tokens is not null && TokenVerifier.IsToken(presented))
        {
            return tokens.VerifyAsync(presented.ToString(), now, http.RequestAborted);
        }

        var certificate = keys.HasCertificates ? http.Connection.ClientCertificate : null;
        return new((keys.Authenticate(presented, HashOf(certificate), now, out var key), key));
    }

    private static string? HashOf(X509Certificate2? certificate) => certificate?.GetCertHashString(HashAlgorithmName.SHA256);
}
