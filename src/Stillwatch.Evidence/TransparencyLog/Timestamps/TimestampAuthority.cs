using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;

namespace Stillwatch.Evidence.TransparencyLog.Timestamps;

/// <summary>Asks an authority for timestamps over HTTP (RFC 3161 §3.4).</summary>
/// <remarks>
/// The authority is trusted for its clock alone: the answer is bounded in time and bytes, must repeat our nonce and hash, and must
/// verify up
/// to one of the roots before it is handed out.
/// </remarks>
public sealed class TimestampAuthority(HttpClient http, Uri address, X509Certificate2Collection roots)
{
    /// <summary>How long the authority may take, unless said otherwise.</summary>
    public static readonly TimeSpan DefaultPatience = TimeSpan.FromSeconds(20);

    private const int NonceBytes = 8;

    /// <summary>Has a document stamped; only its SHA-256 leaves this machine.</summary>
    /// <exception cref="InvalidDataException">The answer is no token for this document by a trusted authority.</exception>
    /// <exception cref="HttpRequestException">The authority cannot be reached or refuses.</exception>
    public async Task<TimestampToken> StampAsync(byte[] document, CancellationToken cancellation = default)
    {
        var request = Rfc3161TimestampRequest.CreateFromHash(
            SHA256.HashData(document),
            HashAlgorithmName.SHA256,
            nonce: RandomNumberGenerator.GetBytes(NonceBytes),
            requestSignerCertificates: true);
        using var content = new ByteArrayContent(request.Encode());
        content.Headers.ContentType = new MediaTypeHeaderValue("application/timestamp-query");
        using var message = new HttpRequestMessage(HttpMethod.Post, address) { Content = content };
        using var response = await http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellation).ConfigureAwait(false);
        response.EnsureSuccessStatusCode();
        var answer = await BoundedAnswer.ReadAsync(response.Content, TimestampToken.MaxBytes, cancellation).ConfigureAwait(false);
        var token = new TimestampToken(Process(request, answer));
        return token.Verify(document, roots) is var verdict && verdict == TimestampVerdict.Verified
            ? token
            : throw new InvalidDataException($"The timestamp of {address} cannot be used: {verdict}.");
    }

    private Rfc3161TimestampToken Process(Rfc3161TimestampRequest request, byte[] answer)
    {
        try
        {
            return request.ProcessResponse(answer, out _);
        }
        catch (CryptographicException fault)
        {
            throw new InvalidDataException($"{address} did not answer with a timestamp for this request: {fault.Message}", fault);
        }
    }
}
