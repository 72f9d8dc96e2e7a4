using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Stillwatch.Gateway.Configuration;
using Stillwatch.Gateway.Identity;

namespace Stillwatch.Gateway.Tests.Hosting;

public sealed class TlsListenerTests
{
    private static readonly CancellationToken Cancellation = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Client_OverTls_IsFingerprintedByItsHello()
    {
        using var secrets = new ScratchFolder();
        var certificate = secrets.At("gateway.pfx");
        var (file, hash) = SelfSigned();
        await File.WriteAllBytesAsync(certificate, file, Cancellation);
        await using var gateway = await RunningGateway.StartAsync(options => options with
        {
            Listeners = [new ListenerOptions(new IPEndPoint(IPAddress.Loopback, 0), certificate, null)],
        });
        using var client = new HttpClient(new SocketsHttpHandler
        {
            SslOptions = { RemoteCertificateValidationCallback = (_, shown, _, _) => shown!.GetCertHashString() == hash },
        });
        foreach (var version in new[] { HttpVersion.Version11, HttpVersion.Version20 })
        {
            var request = new HttpRequestMessage(HttpMethod.Post, new Uri(gateway.Host.Addresses[0], "/v1/chat/completions"))
            {
                Version = version,
                VersionPolicy = HttpVersionPolicy.RequestVersionExact,
                Content = new StringContent("""{"model":"test-model","stream":true}""", Encoding.UTF8, "application/json"),
            };
            request.Headers.Add("Authorization", $"Bearer {gateway.Key}");
            using var reply = await client.SendAsync(request, Cancellation);
            Assert.Equal(ModelAnswers.ChatStream, await reply.Content.ReadAsStringAsync(Cancellation));
        }

        var fingerprints = (await gateway.InteractionsAsync()).Select(interaction => interaction.GetProperty("client").GetProperty("ja4")
            .GetString()).ToList();
        Assert.All(fingerprints, fingerprint => Assert.True(Ja4Fingerprint.IsWellFormed(fingerprint), fingerprint));
        Assert.All(fingerprints, fingerprint => Assert.StartsWith("t13", fingerprint, StringComparison.Ordinal));
        Assert.Equal(["00", "h2"], fingerprints.Select(fingerprint => fingerprint![8..10]).Order());
    }

    private static (byte[] File, string Hash) SelfSigned()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return (certificate.Export(X509ContentType.Pkcs12), certificate.GetCertHashString());
    }
}
