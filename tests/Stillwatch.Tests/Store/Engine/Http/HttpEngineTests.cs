using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Stillwatch.Store.Engine;

namespace Stillwatch.Tests.Store.Engine.Http;

/// <summary>What a server may do wrong. What it does right is tested with a real one, in the integration tests.</summary>
public sealed class HttpEngineTests
{
    private const string Error395 = "Code: 395, e.displayText() = DB::Exception: planted, e.what() = DB::Exception\n";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Open_WhereNothingListens_SaysTheServerCannotBeReached()
    {
        int port;
        using (var server = new ScriptedServer(static _ => null))
        {
            port = server.Port;
        }

        var address = $"http://127.0.0.1:{port}/db";
        var refused = await Assert.ThrowsAsync<StoreUnavailableException>(() => ClickHouse.OpenAsync(address, null, Token));
        Assert.Contains($"{address} cannot be reached", refused.Message, StringComparison.Ordinal);
        Assert.False(refused.OutcomeUnknown);
    }

    [Fact]
    public async Task Open_OfAnUnknownHost_SaysTheServerCannotBeReached()
    {
        const string Address = "http://nowhere.invalid/db";
        var refused = await Assert.ThrowsAsync<StoreUnavailableException>(() => ClickHouse.OpenAsync(Address, null, Token));
        Assert.Contains("cannot be reached", refused.Message, StringComparison.Ordinal);
        Assert.False(refused.OutcomeUnknown);
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 19\r\n\r\n<html>hello!</html>")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n\u0003")]
    [InlineData("HTTP/1.1 404 Not Found\r\nContent-Length: 9\r\n\r\nnot found")]
    [InlineData("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("SSH-2.0-OpenSSH_9.2\r\n")]
    public async Task Open_OfAnotherServer_SaysItIsNoClickHouse(string answer)
    {
        using var server = new ScriptedServer(_ => ScriptedServer.Text(answer));
        var refused = await Assert.ThrowsAsync<StoreUnavailableException>(() => ClickHouse.OpenAsync(server.Address, null, Token));
        Assert.Contains("server at", refused.Message, StringComparison.Ordinal);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Open_ThatTakesTooLong_EndsAndKillsTheQuery()
    {
        using var server = new ScriptedServer(static request =>
            request.Contains("KILL QUERY", StringComparison.Ordinal) ? ScriptedServer.Whole([]) : null);
        await Assert.ThrowsAsync<TimeoutException>(
            () => ClickHouse.OpenAsync(server.Address, new() { OperationTimeout = TimeSpan.FromMilliseconds(200) }, Token));
        var id = server.Requests.First().Split("query_id=")[1].Split('&', ' ')[0];
        var kill = $"KILL QUERY WHERE query_id = '{id}' ASYNC";
        Assert.Contains(server.Requests, request => request.EndsWith(kill, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Query_BrokenOffBetweenRows_IsNotComplete()
    {
        using var server = ScriptedServer.OfClickHouse(static _ => ScriptedServer.Broken([1, 2, 3]));
        await using var engine = await ClickHouse.OpenAsync(server.Address, null, Token);
        await using var rows = await engine.QueryAsync(Sql.Of("SELECT a FROM b"), null, Token);
        for (var i = 1; i <= 3; i++)
        {
            Assert.True(rows.Read());
            Assert.Equal(i, rows.UInt8());
        }

        var broken = Assert.Throws<StoreUnavailableException>(() => rows.Read());
        Assert.Contains("broke", broken.Message, StringComparison.Ordinal);
        Assert.Throws<StoreUnavailableException>(() => rows.Read());
    }

    [Fact]
    public async Task Query_Unanswered_EndsWithItsToken()
    {
        using var server = ScriptedServer.OfClickHouse(static request =>
            request.Contains("KILL QUERY", StringComparison.Ordinal) ? ScriptedServer.Whole([]) : null);
        await using var engine = await ClickHouse.OpenAsync(server.Address, null, Token);
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => engine.QueryAsync(Sql.Of("SELECT a FROM b"), null, stop.Token));
        Assert.Contains(server.Requests, static request => request.Contains("KILL QUERY", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Query_HangingWithinItsRows_EndsWithItsToken()
    {
        using var server = ScriptedServer.OfClickHouse(static request => request.Contains("KILL QUERY", StringComparison.Ordinal)
            ? ScriptedServer.Whole([])
            : ScriptedServer.Text("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n\u0001\u0002"));
        await using var engine = await ClickHouse.OpenAsync(server.Address, null, Token);
        server.StaysOpen = true;
        using var stop = new CancellationTokenSource();
        await using var rows = await engine.QueryAsync(Sql.Of("SELECT a FROM b"), null, stop.Token);
        Assert.True(rows.Read());
        Assert.Equal(1, rows.UInt8());
        Assert.Equal(2, rows.UInt8());
        stop.CancelAfter(TimeSpan.FromMilliseconds(100));
        Assert.ThrowsAny<OperationCanceledException>(() => rows.Read());
        Assert.ThrowsAny<OperationCanceledException>(() => rows.Read());
    }

    [Fact]
    public async Task Statement_WhoseAnswerIsLost_HasAnUnknownOutcome()
    {
        using var server = ScriptedServer.OfClickHouse(static _ => []);
        await using var engine = await ClickHouse.OpenAsync(server.Address, null, Token);
        var lost = await Assert.ThrowsAsync<StoreUnavailableException>(() => engine.ExecuteAsync(Sql.Of("CREATE TABLE t"), null, Token));
        Assert.True(lost.OutcomeUnknown);
        Assert.Single(server.Requests, static request => request.EndsWith("CREATE TABLE t", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Statement_Refused_HasItsCode()
    {
        using var server = ScriptedServer.OfClickHouse(static _ =>
            ScriptedServer.Text($"HTTP/1.1 500 Internal Server Error\r\nContent-Length: {Error395.Length}\r\n\r\n{Error395}"));
        await using var engine = await ClickHouse.OpenAsync(server.Address, null, Token);
        var refused = await Assert.ThrowsAsync<ClickHouseException>(() => engine.ExecuteAsync(Sql.Of("CREATE TABLE t"), null, Token));
        Assert.Equal(395, refused.Code);
        Assert.StartsWith("planted (code 395", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Statement_OfSettings_HasThemInItsAddress()
    {
        using var server = ScriptedServer.OfClickHouse(static _ => ScriptedServer.Whole([]));
        await using var engine = await ClickHouse.OpenAsync($"{server.Address}/db", null, Token);
        var settings = QuerySettings.None.With("max_memory_usage", 5).With("a", "x&y=z")
            .WithOptional("max_threads", 2).WithOptional("unknown", 1);
        await engine.ExecuteAsync(Sql.Of("CREATE TABLE t"), settings, Token);
        var line = server.Requests.Last().Split("\r\n")[0];
        Assert.Contains("&max_memory_usage=5&a=x%26y%3Dz&max_threads=2&database=db", line, StringComparison.Ordinal);
        Assert.Contains("wait_end_of_query=1", line, StringComparison.Ordinal);
        Assert.DoesNotContain("unknown", line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("user:p%40ss@", null, null, "user:p@ss")]
    [InlineData("", "env", "secret", "env:secret")]
    [InlineData("", "env", null, "env:")]
    [InlineData("user@", "env", "secret", "user:")]
    public async Task User_OfTheAddressOrTheEnvironment_IsSent(string address, string? user, string? password, string expected)
    {
        using var server = ScriptedServer.OfClickHouse(static _ => ScriptedServer.Whole([]));
        var options = new EngineOptions
        {
            Environment = name => name switch
            {
                "STILLWATCH_CLICKHOUSE_USER" => user,
                "STILLWATCH_CLICKHOUSE_PASSWORD" => password,
                _ => null,
            },
        };
        await using var engine = await ClickHouse.OpenAsync($"http://{address}127.0.0.1:{server.Port}/db", options, Token);
        var basic = Convert.ToBase64String(Encoding.UTF8.GetBytes(expected));
        Assert.All(server.Requests, request => Assert.Contains($"Authorization: Basic {basic}\r\n", request, StringComparison.Ordinal));
    }

    [Fact]
    public async Task User_Refused_NamesTheVariablesAndNotThePassword()
    {
        const string Refusal = "Code: 193, e.displayText() = DB::Exception: Wrong password for user bob, e.what() = DB::Exception";
        using var server = new ScriptedServer(static _ =>
            ScriptedServer.Text($"HTTP/1.1 401 Unauthorized\r\nContent-Length: {Refusal.Length}\r\n\r\n{Refusal}"));
        var refused = await Assert.ThrowsAsync<StoreUnavailableException>(
            () => ClickHouse.OpenAsync($"http://bob:hunter2@127.0.0.1:{server.Port}/db", null, Token));
        Assert.Contains("STILLWATCH_CLICKHOUSE_PASSWORD", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", refused.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Certificate_OfNobody_IsRefused()
    {
        using var key = RSA.Create(2048);
        using var certificate = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(200));
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var serving = ServeOnceAsync(listener, certificate);
        var refused = await Assert.ThrowsAsync<StoreUnavailableException>(
            () => ClickHouse.OpenAsync($"https://localhost:{((IPEndPoint)listener.LocalEndpoint).Port}/db", null, Token));
        Assert.Contains("cannot be reached", refused.Message, StringComparison.Ordinal);
        Assert.Contains("SSL", refused.Message, StringComparison.Ordinal);
        await serving;
    }

    private static async Task ServeOnceAsync(TcpListener listener, X509Certificate2 certificate)
    {
        using var client = await listener.AcceptTcpClientAsync(Token);
        await using var stream = new SslStream(client.GetStream());
        try
        {
            await stream.AuthenticateAsServerAsync(certificate);
            _ = await stream.ReadAsync(new byte[1], Token);
        }
        catch (Exception e) when (e is IOException or System.Security.Authentication.AuthenticationException)
        {
        }
    }
}
