using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Stillwatch.Evidence.Tests.TransparencyLog.Timestamps;

/// <summary>A timestamp authority: <c>openssl ts -reply</c> behind an HTTP endpoint, with a root and a signer made for the test.</summary>
internal sealed class OpenSslAuthority : IAsyncDisposable
{
    private const string Config = """
        [tsa]
        default_tsa = test
        [test]
        dir = .
        serial = ./serial
        signer_cert = ./tsa.pem
        signer_key = ./tsa.key
        certs = ./root.pem
        signer_digest = sha256
        default_policy = 1.3.6.1.4.1.13762.3
        digests = sha256
        ess_cert_id_alg = sha256
        accuracy = secs:1
        [ext]
        keyUsage = critical,digitalSignature
        extendedKeyUsage = critical,timeStamping
        """;

    private readonly ScratchFolder _folder = new();
    private readonly SemaphoreSlim _turn = new(1);
    private WebApplication? _server;

    private OpenSslAuthority()
    {
    }

    public Uri Address => new(_server!.Urls.First());

    /// <summary>The certificates that a verifier of its stamps trusts.</summary>
    public X509Certificate2Collection Roots => [X509CertificateLoader.LoadCertificateFromFile(RootPath)];

    public string RootPath => _folder.At("root.pem");

    public static async Task<OpenSslAuthority> StartAsync()
    {
        var authority = new OpenSslAuthority();
        await authority.MakeCertificatesAsync();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        authority._server = builder.Build();
        authority._server.Urls.Add("http://127.0.0.1:0");
        authority._server.Run(authority.AnswerAsync);
        await authority._server.StartAsync();
        return authority;
    }

    public async ValueTask DisposeAsync()
    {
        await _server!.DisposeAsync();
        _turn.Dispose();
        _folder.Dispose();
    }

    private async Task MakeCertificatesAsync()
    {
        await File.WriteAllTextAsync(_folder.At("tsa.cnf"), Config);
        await File.WriteAllTextAsync(_folder.At("serial"), "01\n");
        await RunAsync(
            "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "root.key", "-out", "root.pem", "-subj", "/CN=Test root",
            "-days", "30");
        await RunAsync("req", "-newkey", "rsa:2048", "-nodes", "-keyout", "tsa.key", "-out", "tsa.csr", "-subj", "/CN=Test authority");
        await RunAsync(
            "x509", "-req", "-in", "tsa.csr", "-CA", "root.pem", "-CAkey", "root.key", "-CAcreateserial", "-out", "tsa.pem", "-days", "30",
            "-extfile", "tsa.cnf", "-extensions", "ext");
    }

    private async Task AnswerAsync(HttpContext context)
    {
        await _turn.WaitAsync(context.RequestAborted);
        try
        {
            await using (var query = File.Create(_folder.At("query.tsq")))
            {
                await context.Request.Body.CopyToAsync(query, context.RequestAborted);
            }

            await RunAsync("ts", "-reply", "-config", "tsa.cnf", "-section", "test", "-queryfile", "query.tsq", "-out", "reply.tsr");
            context.Response.ContentType = "application/timestamp-reply";
            await context.Response.Body.WriteAsync(await File.ReadAllBytesAsync(_folder.At("reply.tsr"), context.RequestAborted));
        }
        finally
        {
            _turn.Release();
        }
    }

    private Task<string> RunAsync(params string[] arguments) => ExternalProgram.OpenSslAsync(_folder.Path, arguments);
}
