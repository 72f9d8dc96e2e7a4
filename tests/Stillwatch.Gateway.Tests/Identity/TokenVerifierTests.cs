using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Stillwatch.Gateway.Configuration;
using Stillwatch.Gateway.Identity;

namespace Stillwatch.Gateway.Tests.Identity;

/// <summary>Tokens made by hand from their standards, so that the library that checks them is not its own witness.</summary>
public sealed class TokenVerifierTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 11, 29, 12, 0, 0, TimeSpan.Zero);

    private readonly ScratchFolder _folder = new();
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly RSA _rsa = RSA.Create(2048);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _key.Dispose();
        _rsa.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Token_OfTheIssuer_SaysWhoAndWhatFor()
    {
        using var verifier = new TokenVerifier([Options() with { OrganizationClaim = "org", TierClaim = "tier", AccountPrefix = "sso/" }]);
        var token = Signed(Claims(("org", "wonderland"), ("tier", "T2")));
        for (var time = 0; time < 2; time++)
        {
            var (status, key) = await verifier.VerifyAsync(token, Now, Token);
            Assert.Equal((KeyStatus.Accepted, "sso/alice", "wonderland", "T2"), (status, key!.Account, key.Organization, key.Tier));
            Assert.Equal(["gpt-*"], key.Models);
        }

        // All tokens of an account have one id, and it is none that a key could have.
        var (_, other) = await verifier.VerifyAsync(Signed(Claims(("jti", "2"))), Now, Token);
        Assert.Equal((await verifier.VerifyAsync(token, Now, Token)).Key!.Id, other!.Id);
        Assert.StartsWith("jwt-", other.Id, StringComparison.Ordinal);

        // Remembered as it is, it ends all the same.
        Assert.Equal(KeyStatus.Expired, (await verifier.VerifyAsync(token, Now.AddHours(2), Token)).Status);
    }

    [Fact]
    public async Task Token_ByRsa_IsAccepted_AndAnyChangedCharacterIsNot()
    {
        using var verifier = new TokenVerifier([Options()]);
        var token = Compact(
            """{"alg":"PS256","kid":"r"}""", Claims(), data => _rsa.SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pss));
        Assert.Equal(KeyStatus.Accepted, (await verifier.VerifyAsync(token, Now, Token)).Status);
        for (var at = 0; at < token.Length; at += 7)
        {
            var changed = token[..at] + (token[at] == 'A' ? 'B' : 'A') + token[(at + 1)..];
            Assert.NotEqual(KeyStatus.Accepted, (await verifier.VerifyAsync(changed, Now, Token)).Status);
        }
    }

    public static TheoryData<string> Bad =>
    [
        "another issuer", "another audience", "no audience", "no end", "past", "not yet", "no account", "unsigned", "by another key",
        "by the public key as a secret", "control characters", "too long",
    ];

    [Theory]
    [MemberData(nameof(Bad))]
    public async Task Token_ThatIsWrong_IsRefused(string what)
    {
        using var verifier = new TokenVerifier([Options()]);
        using var stranger = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var token = what switch
        {
            "another issuer" => Signed(Claims(("iss", "https://other.example"))),
            "another audience" => Signed(Claims(("aud", "another-service"))),
            "no audience" => Signed(Claims(("aud", null))),
            "no end" => Signed(Claims(("exp", null))),
            "past" => Signed(Claims(("exp", Now.AddMinutes(-2).ToUnixTimeSeconds()))),
            "not yet" => Signed(Claims(("nbf", Now.AddMinutes(2).ToUnixTimeSeconds()))),
            "no account" => Signed(Claims(("sub", null))),
            "unsigned" => Compact("""{"alg":"none"}""", Claims(), static _ => []),
            "by another key" => Compact(
                """{"alg":"ES256","kid":"e"}""", Claims(), data => stranger.SignData(data, HashAlgorithmName.SHA256)),
            "by the public key as a secret" => Compact(
                """{"alg":"HS256","kid":"r"}""", Claims(), data => HMACSHA256.HashData(_rsa.ExportSubjectPublicKeyInfo(), data)),
            "control characters" => Signed(Claims(("sub", "alice\nadmin"))),
            _ => Signed(Claims(("padding", new string('x', TokenVerifier.MaxLength)))),
        };
        Assert.True(TokenVerifier.IsToken(token));
        var (status, key) = await verifier.VerifyAsync(token, Now, Token);
        Assert.NotEqual(KeyStatus.Accepted, status);
        Assert.Null(key);
        Assert.Equal(what == "past" ? KeyStatus.Expired : status, status);
    }

    [Fact]
    public async Task Keys_AreDiscovered_AndOfTheIssuerThatWasMeantOnly()
    {
        var issuer = "";
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(static kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        await using var server = builder.Build();
        server.Run(http => http.Response.WriteAsync(http.Request.Path == "/jwks"
            ? KeySet()
            : JsonSerializer.Serialize(new { issuer, jwks_uri = new Uri(new Uri(server.Urls.First()), "/jwks") }), Token));
        await server.StartAsync(Token);
        var discovery = new Uri(new Uri(server.Urls.First()), "/.well-known/openid-configuration");
        (string, KeyStatus)[] cases = [("https://other.example", KeyStatus.Unknown), ("https://login.example", KeyStatus.Accepted)];
        foreach (var (said, expected) in cases)
        {
            issuer = said;
            using var verifier = new TokenVerifier([Options() with { KeysFile = null, Discovery = discovery }]);
            Assert.Equal(expected, (await verifier.VerifyAsync(Signed(Claims()), Now, Token)).Status);
        }
    }

    [Fact]
    public void Configuration_NamesEveryFault()
    {
        File.WriteAllText(_folder.At("secret.json"), """{"keys":[{"kty":"oct","k":"c2VjcmV0"}]}""");
        var (_, faults, _) = ConfigurationFile.Parse(
            """
            tokens:
              - {issuer: "https://a.example", keys: secret.json}
              - {issuer: "http://b.example", audiences: [x], endpoints: [chatt]}
              - {issuer: "nowhere", audiences: [x], keyz: a}
            """,
            _folder.At("stillwatch.yaml"));
        var said = faults.Where(fault => fault.Member.StartsWith("tokens", StringComparison.Ordinal))
            .Select(fault => $"{fault.Line} {fault.Member}: {fault.Message}").ToList();
        Assert.Contains(said, text => text.StartsWith("2 tokens[0].audiences: at least one is needed", StringComparison.Ordinal)
            || text.StartsWith("2 tokens[0]", StringComparison.Ordinal));
        Assert.Contains(said, text => text.Contains("secret key", StringComparison.Ordinal));
        Assert.Contains(said, text => text.Contains("in the clear", StringComparison.Ordinal));
        Assert.Contains(said, text => text.Contains("'chatt' is none of", StringComparison.Ordinal));
        Assert.Contains(said, text => text.Contains("is no address", StringComparison.Ordinal));
        Assert.Contains(said, text => text.Contains("tokens[2].keyz: there is no such member", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Gateway_ServesABearerOfAToken_AsItsAccount()
    {
        var at = DateTimeOffset.UtcNow;
        await using var gateway = await RunningGateway.StartAsync(options => options with { Tokens = [Options() with { Models = ["*"] }] });
        var token = Signed(Claims(("exp", at.AddHours(1).ToUnixTimeSeconds()), ("nbf", null)));
        foreach (var (text, expected) in new[] { (token, HttpStatusCode.OK), (token[..^4], HttpStatusCode.Unauthorized) })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions")
            {
                Content = new StringContent("""{"model":"test-model"}""", Encoding.UTF8, "application/json"),
            };
            request.Headers.Add("x-api-key", text);
            gateway.Client.DefaultRequestHeaders.Remove("Authorization");
            using var reply = await gateway.Client.SendAsync(request, Token);
            Assert.Equal(expected, reply.StatusCode);
        }

        var recorded = Assert.Single(await gateway.InteractionsAsync());
        Assert.Equal("alice", recorded.GetProperty("account").GetString());
        Assert.DoesNotContain("eyJ", recorded.GetRawText(), StringComparison.Ordinal);
    }

    private TokenIssuerOptions Options()
    {
        var path = _folder.At("jwks.json");
        File.WriteAllText(path, KeySet());
        return new("https://login.example", ["stillwatch"]) { KeysFile = path, Models = ["gpt-*"] };
    }

    private string KeySet()
    {
        var (ec, rsa) = (_key.ExportParameters(false), _rsa.ExportParameters(false));
        return JsonSerializer.Serialize(new
        {
            keys = new object[]
            {
                new { kty = "EC", crv = "P-256", kid = "e", use = "sig", x = Text(ec.Q.X!), y = Text(ec.Q.Y!) },
                new { kty = "RSA", kid = "r", use = "sig", n = Text(rsa.Modulus!), e = Text(rsa.Exponent!) },
            },
        });
    }

    private static string Claims(params (string Name, object? Value)[] changed)
    {
        var claims = new Dictionary<string, object?>
        {
            ["iss"] = "https://login.example",
            ["aud"] = "stillwatch",
            ["sub"] = "alice",
            ["nbf"] = Now.AddMinutes(-1).ToUnixTimeSeconds(),
            ["exp"] = Now.AddHours(1).ToUnixTimeSeconds(),
        };
        foreach (var (name, value) in changed)
        {
            claims[name] = value;
        }

        return JsonSerializer.Serialize(claims.Where(static claim => claim.Value is not null).ToDictionary());
    }

    private string Signed(string claims) =>
        Compact("""{"alg":"ES256","kid":"e","typ":"JWT"}""", claims, data => _key.SignData(data, HashAlgorithmName.SHA256));

    private static string Compact(string header, string claims, Func<byte[], byte[]> sign)
    {
        var signed = $"{Text(Encoding.UTF8.GetBytes(header))}.{Text(Encoding.UTF8.GetBytes(claims))}";
        return $"{signed}.{Text(sign(Encoding.ASCII.GetBytes(signed)))}";
    }

    private static string Text(byte[] bytes) => System.Buffers.Text.Base64Url.EncodeToString(bytes);
}
