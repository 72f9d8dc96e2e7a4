using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;

namespace Stillwatch.Evidence.TransparencyLog.Timestamps;

/// <summary>A TimeStampToken of RFC 3161: who trusts the authority knows that the document existed at <see cref="At"/>.</summary>
/// <remarks>
/// The document of this project is a whole <c>checkpoint</c> file: one token bounds the age of every entry below its size.
/// </remarks>
public sealed class TimestampToken
{
    /// <summary>Bytes of the largest token that is read.</summary>
    public const int MaxBytes = 65_536;

    private const string TimeStampingUsage = "1.3.6.1.5.5.7.3.8";

    private readonly Rfc3161TimestampToken _token;

    internal TimestampToken(Rfc3161TimestampToken token) => _token = token;

    /// <summary>When, by the authority's clock. Worth nothing before <see cref="Verify"/>.</summary>
    public DateTimeOffset At => _token.TokenInfo.Timestamp;

    /// <summary>Reads a token in DER; null if it is none.</summary>
    public static TimestampToken? Parse(ReadOnlyMemory<byte> der) =>
        der.Length <= MaxBytes && Rfc3161TimestampToken.TryDecode(der, out var token, out var consumed) && consumed == der.Length
            ? new(token)
            : null;

    /// <summary>The token in DER, as <c>openssl ts -verify -token_in</c> reads it.</summary>
    public byte[] ToBytes() => _token.AsSignedCms().Encode();

    /// <summary>Verifies the token over a document and up to a root.</summary>
    /// <param name="document">The bytes that were stamped.</param>
    /// <param name="roots">Certificates of the authorities that are trusted; the system's are not.</param>
    public TimestampVerdict Verify(ReadOnlySpan<byte> document, X509Certificate2Collection roots)
    {
        ArgumentNullException.ThrowIfNull(roots);
        var hash = SHA256.HashData(document);
        try
        {
            // The token keeps the certificate that it gives here, so it is not ours to dispose.
            if (!_token.VerifySignatureForHash(hash, HashAlgorithmName.SHA256, out var signer) || signer is null)
            {
                return TimestampVerdict.NotOfThisDocument;
            }

            return IsTrusted(signer, roots) ? TimestampVerdict.Verified : TimestampVerdict.UntrustedAuthority;
        }
        catch (CryptographicException)
        {
            return TimestampVerdict.NotAToken;
        }
    }

    /// <summary>The chain is judged at the time of the stamp: a certificate that has expired since has still signed then.</summary>
    private bool IsTrusted(X509Certificate2 signer, X509Certificate2Collection roots)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(roots);
        chain.ChainPolicy.ExtraStore.AddRange(_token.AsSignedCms().Certificates);
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid(TimeStampingUsage));
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.VerificationTime = At.UtcDateTime;
        return chain.Build(signer);
    }
}
