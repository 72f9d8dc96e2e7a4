using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Stillwatch.Gateway.Identity;

/// <summary>Checks the certificates that clients show against the operator's own authorities, and no others.</summary>
/// <remarks>
/// Lists of revoked certificates are not asked for: who is to lose access loses his key, which binds the certificate, within a second.
/// </remarks>
/// <param name="authorities">Those that may have signed them.</param>
internal sealed class ClientCertificates(X509Certificate2Collection authorities)
{
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";

    /// <summary>Reads authorities.</summary>
    /// <param name="path">Certificates, PEM, one after the other.</param>
    /// <exception cref="InvalidDataException">There are none in it.</exception>
    public static X509Certificate2Collection ReadAuthorities(string path)
    {
        var found = new X509Certificate2Collection();
        try
        {
            found.ImportFromPemFile(path);
        }
        catch (CryptographicException broken)
        {
            throw new InvalidDataException($"it holds a certificate that cannot be read: {broken.Message}", broken);
        }

        return found.Count > 0 ? found : throw new InvalidDataException("it holds no certificate (PEM).");
    }

    /// <summary>Whether a client may use a certificate: signed by one of the authorities, in its time, and meant for clients.</summary>
    public bool Accepts(X509Certificate2 certificate, X509Chain? sent)
    {
        using var chain = new X509Chain
        {
            ChainPolicy =
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                RevocationMode = X509RevocationMode.NoCheck,
                DisableCertificateDownloads = true,
                ApplicationPolicy = { new Oid(ClientAuthentication) },
            },
        };
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        if (sent is not null)
        {
            chain.ChainPolicy.ExtraStore.AddRange(sent.ChainElements.Select(static between => between.Certificate).ToArray());
        }

        return chain.Build(certificate);
    }
}
