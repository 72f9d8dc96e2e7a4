using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Stillwatch.Gateway.Configuration;
using Stillwatch.Gateway.Identity;

namespace Stillwatch.Gateway.Tests.Hosting;

/// <summary>Clients that show certificates, over TLS on loopback.</summary>
public sealed class ClientCertificateTests : IDisposable
{
    private const string ForClients = "1.3.6.1.5.5.7.3.2";
    private const string ForServers = "1.3.6.1.5.5.7.3.1";

    private readonly ScratchFolder _folder = new();
    private readonly X509Certificate2 _authority = Authority("CN=authority");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _authority.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Certificate_ProvesItsKey_AloneOrBesideASecret()
    {
        using var carol = Client(_authority, ForClients);
        using var other = Client(_authority, ForClients);
        var text = "";
        await using var gateway = await StartAsync(isNeeded: false, issuer =>
        {
            issuer.Create(new GatewayKey { Id = "", Account = "carol", Certificates = [HashOf(carol)] }, hasSecret: false);
            (_, text) = issuer.Create(new GatewayKey { Id = "", Account = "bound", Certificates = [HashOf(other)] });
        });

        Assert.Equal(HttpStatusCode.OK, await AskAsync(gateway, carol, null));
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(gateway, other, null));
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(gateway, null, null));
        Assert.Equal(HttpStatusCode.OK, await AskAsync(gateway, null, gateway.Key));

        // A key that is bound to a certificate is of no use to who has only one of the two.
        Assert.Equal(HttpStatusCode.OK, await AskAsync(gateway, other, text));
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(gateway, carol, text));
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(gateway, null, text));
        Assert.Equal(
            ["carol", RunningGateway.Account, "bound"],
            (await gateway.InteractionsAsync()).Select(static line => line.GetProperty("account").GetString()));
    }

    [Fact]
    public async Task Connection_WithoutAGoodCertificate_IsRefusedWhereOneIsNeeded()
    {
        using var good = Client(_authority, ForClients);
        using var forServers = Client(_authority, ForServers);
        using var late = Client(_authority, ForClients, until: DateTimeOffset.UtcNow.AddMinutes(-1));
        using var stranger = Authority("CN=authority");
        using var strange = Client(stranger, ForClients);
        await using var gateway = await StartAsync(isNeeded: true, static _ => { });
        Assert.Equal(HttpStatusCode.OK, await AskAsync(gateway, good, gateway.Key));
        foreach (var bad in new[] { null, forServers, late, strange })
        {
            await Assert.ThrowsAsync<HttpRequestException>(() => AskAsync(gateway, bad, gateway.Key));
        }
    }

    [Fact]
    public void Configuration_WithoutTlsOrAuthorities_IsRefused()
    {
        File.WriteAllText(_folder.At("empty.pem"), "");
        var (_, faults, _) = ConfigurationFile.Parse(
            """
            listeners: [{address: "127.0.0.1:0", client_certificates: {authorities: empty.pem, required: true}}]
            """,
            _folder.At("stillwatch.yaml"));
        var said = faults.Select(static fault => fault.ToString()).ToList();
        Assert.Contains(said, static fault => fault.Contains("it holds no certificate", StringComparison.Ordinal));
        Assert.Contains(said, static fault => fault.Contains("over TLS only", StringComparison.Ordinal));
    }

    private static string HashOf(X509Certificate2 certificate) => certificate.GetCertHashString(HashAlgorithmName.SHA256);

    private async Task<RunningGateway> StartAsync(bool isNeeded, Action<KeyIssuer> make)
    {
        await File.WriteAllTextAsync(_folder.At("authorities.pem"), _authority.ExportCertificatePem(), Token);
        using var server = Client(_authority, ForServers);
        await File.WriteAllBytesAsync(_folder.At("gateway.pfx"), server.Export(X509ContentType.Pkcs12), Token);
        var listener = new ListenerOptions(new IPEndPoint(IPAddress.Loopback, 0), _folder.At("gateway.pfx"), null)
        {
            Clients = new(_folder.At("authorities.pem"), isNeeded),
        };
        return await RunningGateway.StartAsync(options =>
        {
            make(new KeyIssuer(options.KeysFile, TimeProvider.System));
            return options with { Listeners = [listener] };
        });
    }

    private static async Task<HttpStatusCode> AskAsync(RunningGateway gateway, X509Certificate2? certificate, string? key)
    {
        using var client = new HttpClient(new SocketsHttpHandler
        {
            UseProxy = false,
            SslOptions = new SslClientAuthenticationOptions
            {
                RemoteCertificateValidationCallback = static (_, shown, _, _) => shown?.Subject == "CN=client",
                LocalCertificateSelectionCallback = (_, _, _, _, _) => certificate!,
            },
        });
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(gateway.Host.Addresses[0], "/v1/chat/completions"))
        {
            Content = new StringContent("""{"model":"test-model"}""", Encoding.UTF8, "application/json"),
        };
        if (key is not null)
        {
            request.Headers.Add("Authorization", $"Bearer {key}");
        }

        using var reply = await client.SendAsync(request, Token);
        return reply.StatusCode;
    }

    private static X509Certificate2 Authority(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }

    private static X509Certificate2 Client(X509Certificate2 authority, string purpose, DateTimeOffset? until = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=client", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(purpose)], false));
        using var certificate = request.Create(
            authority, DateTimeOffset.UtcNow.AddHours(-2), until ?? DateTimeOffset.UtcNow.AddHours(1), RandomNumberGenerator.GetBytes(8));
        using var whole = certificate.CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(whole.Export(X509ContentType.Pkcs12), null);
    }
}
