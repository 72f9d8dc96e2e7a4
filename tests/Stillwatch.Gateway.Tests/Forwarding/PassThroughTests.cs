using System.Net;
using System.Text;
using Stillwatch.Gateway.Configuration;

namespace Stillwatch.Gateway.Tests.Forwarding;

/// <summary>Bytes through a real gateway between a real client and a real server.</summary>
public sealed class PassThroughTests
{
    private static readonly CancellationToken Cancellation = TestContext.Current.CancellationToken;

    public static TheoryData<string, string> Endpoints => new()
    {
        { "/v1/chat/completions", """{"model":"test-model","messages":[{"role":"user","content":"Hi"}]}""" },
        { "/v1/chat/completions", """{"model":"test-model", "stream":true ,"messages":[{"role":"user","content":"Hi"}]}""" },
        { "/v1/completions", """{"model":"test-model","prompt":"Hello"}""" },
        { "/v1/completions", """{"model":"test-model","prompt":["Hello"],"stream":true}""" },
        { "/v1/responses", """{"model":"test-model","input":"Hi","instructions":"Be brief."}""" },
        { "/v1/responses", """{"model":"test-model","input":[{"role":"user","content":"Hi"}],"stream":true}""" },
        { "/v1/embeddings", """{"model":"test-model","input":["a","b"]}""" },
        { "/v1/messages", """{"model":"test-model","max_tokens":9,"messages":[{"role":"user","content":"Hi"}]}""" },
        { "/v1/messages?beta=true", """{"model":"test-model","max_tokens":9,"stream":true,"messages":[{"role":"user","content":"Hi"}]}""" },
        { "/v1/messages/count_tokens", """{"model":"test-model","messages":[{"role":"user","content":"Hi"}]}""" },
    };

    [Theory]
    [MemberData(nameof(Endpoints))]
    public async Task Bodies_OfEveryEndpoint_PassByteForByte(string target, string body)
    {
        await using var gateway = await RunningGateway.StartAsync();
        using var reply = await gateway.PostAsync(target, body);
        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
        var expected = ModelAnswers.Of(target.Split('?')[0], ModelAnswers.IsStream(Encoding.UTF8.GetBytes(body)));
        Assert.Equal(expected, await reply.Content.ReadAsStringAsync(Cancellation));
        var received = Assert.Single(gateway.Models.Requests);
        Assert.Equal(target, received.Target);
        Assert.Equal(body, Encoding.UTF8.GetString(received.Body));
        var interaction = Assert.Single(await gateway.InteractionsAsync());
        Assert.Equal("completed", interaction.GetProperty("gateway").GetProperty("outcome").GetString());
        Assert.Equal("upstream", interaction.GetProperty("gateway").GetProperty("usage_source").GetString());
    }

    /// <summary>The stream comes in two writes, cut at every byte; the observation may not depend on where.</summary>
    [Theory]
    [InlineData("/v1/chat/completions", 7, 11)]
    [InlineData("/v1/responses", 6, 9)]
    [InlineData("/v1/messages", 8, 17)]
    public async Task Stream_CutAtAnyByte_PassesByteForByteAndIsObservedTheSame(string path, int output, int input)
    {
        await using var gateway = await RunningGateway.StartAsync();
        var bytes = Encoding.UTF8.GetBytes(ModelAnswers.Of(path, stream: true));
        var cut = 0;
        gateway.Models.Answer = async (http, _) =>
        {
            http.Response.ContentType = "text/event-stream";
            await http.Response.Body.WriteAsync(bytes.AsMemory(0, cut));
            await http.Response.Body.FlushAsync();
            await Task.Yield();
            await http.Response.Body.WriteAsync(bytes.AsMemory(cut));
        };
        for (; cut <= bytes.Length; cut += 3)
        {
            using var reply = await gateway.PostAsync(path, """{"model":"test-model","stream":true,"max_tokens":5}""");
            Assert.Equal(bytes, await reply.Content.ReadAsByteArrayAsync(Cancellation));
        }

        var interactions = await gateway.InteractionsAsync();
        Assert.Equal((bytes.Length / 3) + 1, interactions.Count);
        Assert.All(interactions, interaction =>
        {
            Assert.Equal(output, interaction.GetProperty("usage").GetProperty("output_tokens").GetInt32());
            Assert.Equal(input, interaction.GetProperty("usage").GetProperty("input_tokens").GetInt32());
            Assert.Equal(path.EndsWith("completions", StringComparison.Ordinal) ? "Grüße \nä you" : "Hello there",
                interaction.GetProperty("response").GetProperty("text").GetString());
        });
    }

    [Fact]
    public async Task Events_OfAStream_ArriveBeforeTheNextIsSent()
    {
        await using var gateway = await RunningGateway.StartAsync();
        var next = new SemaphoreSlim(0);
        gateway.Models.Answer = async (http, _) =>
        {
            http.Response.ContentType = "text/event-stream";
            await http.Response.Body.FlushAsync();
            foreach (var part in ModelAnswers.ChatStream.Split("\n\n", StringSplitOptions.RemoveEmptyEntries))
            {
                await next.WaitAsync();
                await http.Response.Body.WriteAsync(Encoding.UTF8.GetBytes($"{part}\n\n"));
                await http.Response.Body.FlushAsync();
            }
        };
        using var reply = await gateway.PostAsync(
            "/v1/chat/completions", """{"model":"test-model","stream":true}""", HttpCompletionOption.ResponseHeadersRead);
        using var reader = new StreamReader(await reply.Content.ReadAsStreamAsync(Cancellation));
        foreach (var part in ModelAnswers.ChatStream.Split("\n\n", StringSplitOptions.RemoveEmptyEntries))
        {
            next.Release();
            Assert.Equal(part, await reader.ReadLineAsync(Cancellation));
            Assert.Equal(string.Empty, await reader.ReadLineAsync(Cancellation));
        }

        Assert.Null(await reader.ReadLineAsync(Cancellation));
    }

    [Fact]
    public async Task Headers_BetweenNeighboursAndOfTheClient_DoNotReachTheUpstream()
    {
        await using var gateway = await RunningGateway.StartAsync();
        const string Body = """{"model":"test-model"}""";
        using var connection = new System.Net.Sockets.TcpClient();
        await connection.ConnectAsync(IPAddress.Loopback, gateway.Host.Addresses[0].Port, Cancellation);
        await connection.GetStream().WriteAsync(
            Encoding.ASCII.GetBytes($"""
                POST /v1/chat/completions HTTP/1.1
                Host: gateway
                Authorization: Bearer {gateway.Key}
                Connection: x-private
                x-private: 1
                X-Forwarded-For: 6.6.6.6
                Cookie: a=b
                Accept-Encoding: gzip
                x-stays: yes
                Proxy-Authorization: Basic x
                TE: trailers
                x-api-key: not this
                User-Agent: test/1.0
                Content-Type: application/json
                Content-Length: {Body.Length}

                {Body}
                """.ReplaceLineEndings("\r\n")),
            Cancellation);
        using var reader = new StreamReader(connection.GetStream());
        var reply = string.Empty;
        while (!reply.EndsWith(ModelAnswers.ChatBody, StringComparison.Ordinal))
        {
            var next = new char[1];
            Assert.Equal(1, await reader.ReadAsync(next, Cancellation));
            reply += next[0];
        }

        Assert.StartsWith("HTTP/1.1 200 OK", reply, StringComparison.Ordinal);
        var headers = Assert.Single(gateway.Models.Requests).Headers;
        Assert.Equal("yes", headers["x-stays"]);
        Assert.Equal("identity", headers["Accept-Encoding"]);
        Assert.Equal("test/1.0", headers["User-Agent"]);
        foreach (var name in new[] { "x-private", "X-Forwarded-For", "Cookie", "Proxy-Authorization", "TE", "x-api-key", "Authorization",
            "Connection" })
        {
            Assert.False(headers.ContainsKey(name), $"{name} is among {string.Join(", ", headers)}");
        }

        Assert.Equal("application/json", headers["Content-Type"]);
        Assert.Contains("\r\nx-request-id: upstream-1\r\n", reply, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("\r\nx-stillwatch-request-id: req_", reply, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(CredentialScheme.Bearer, "Authorization", "Bearer upstream-secret")]
    [InlineData(CredentialScheme.ApiKeyHeader, "x-api-key", "upstream-secret")]
    public async Task Key_OfTheUpstream_TakesThePlaceOfTheClients(CredentialScheme scheme, string header, string value)
    {
        using var secrets = new ScratchFolder();
        var file = secrets.At("key");
        await File.WriteAllTextAsync(file, "upstream-secret\n", Cancellation);
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        await using var gateway = await RunningGateway.StartAsync(options => options with
        {
            Upstreams = options.Upstreams.ToDictionary(pair => pair.Key, pair => pair.Value with { Scheme = scheme, KeyFile = file }),
        });
        using var reply = await gateway.PostAsync("/v1/messages", """{"model":"test-model"}""");
        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
        Assert.Equal(value, Assert.Single(gateway.Models.Requests).Headers[header]);
    }

    [Fact]
    public async Task Rule_ForAnotherPath_PassesItUnreadAndObserved()
    {
        await using var gateway = await RunningGateway.StartAsync(options => options with
        {
            PassThrough = [new("POST", "/v1/audio/*", "main", "whisper")],
        });
        var bytes = Enumerable.Range(0, 200_000).Select(i => (byte)i).ToArray();
        var content = new ByteArrayContent(bytes);
        content.Headers.ContentType = new("application/octet-stream");
        using var reply = await gateway.Client.PostAsync("/v1/audio/speech?x=1", content, Cancellation);
        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
        Assert.Equal(bytes, Assert.Single(gateway.Models.Requests).Body);
        Assert.Equal("/v1/audio/speech?x=1", Assert.Single(gateway.Models.Requests).Target);
        using var other = await gateway.PostAsync("/v1/images/generations", "{}");
        Assert.Equal(HttpStatusCode.NotFound, other.StatusCode);
        var interaction = Assert.Single(await gateway.InteractionsAsync());
        Assert.Equal("whisper", interaction.GetProperty("model").GetString());
        Assert.Equal("pass_through", interaction.GetProperty("operation").GetString());
    }

    [Fact]
    public async Task Body_OfMegabytes_PassesBothWays()
    {
        await using var gateway = await RunningGateway.StartAsync();
        var text = new string('x', 5_000_000);
        var body = $$"""{"model":"test-model","messages":[{"role":"user","content":"{{text}}"}]}""";
        gateway.Models.Answer = async (http, request) =>
        {
            http.Response.ContentType = "application/json";
            await http.Response.Body.WriteAsync(request.Body);
        };
        using var reply = await gateway.PostAsync("/v1/chat/completions", body);
        Assert.Equal(body, await reply.Content.ReadAsStringAsync(Cancellation));
        var interaction = Assert.Single(await gateway.InteractionsAsync());
        Assert.Equal(text, interaction.GetProperty("request").GetProperty("messages")[0].GetProperty("content").GetString());
    }
}
