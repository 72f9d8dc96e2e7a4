using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Stillwatch.Evidence.Signing;
using Stillwatch.Evidence.TransparencyLog;
using Stillwatch.Gateway.Decisions;
using Stillwatch.Gateway.Hosting;
using Stillwatch.Gateway.Identity;
using Stillwatch.Gateway.Responses;

namespace Stillwatch.Gateway.Tests.Hosting;

/// <summary>From findings, by the command line and the log, to what a running gateway does.</summary>
public sealed class FoundResponsesTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly ScratchFolder _folder = new();
    private readonly HttpClient _client = new(new SocketsHttpHandler { UseProxy = false });
    private ModelServer _models = null!;
    private GatewayHost? _host;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _models = await ModelServer.StartAsync();
        var (_, text) = new KeyIssuer(_folder.At("keys.json"), TimeProvider.System)
            .Create(new GatewayKey { Id = "", Account = "alice", Organization = "acme", Tier = "T2" });
        _client.DefaultRequestHeaders.Add("Authorization", $"Bearer {text}");
        Write("evidence.pub", SigningKeyFile.Create(_folder.At("evidence.key"), "example.com/evidence", NoteKeyType.Ed25519).ToString()!);
        using var key = SigningKeyFile.Read(_folder.At("evidence.key"));
        await using var log = LogWriter.Create(_folder.At("evidence"), key);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _client.Dispose();
        await _models.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Findings_Applied_AreFirstShown_ThenSet_OnceAndForWhomThePolicyMeans()
    {
        await StartAsync("responses: {rules: [{verdict: restrict, step: reduce, enforce: true}], exempt: [account/school]}");
        Write("findings.json", Found("c-1", ("alice", "restrict"), ("bob", "review"), ("school", "block")));
        string[] apply =
            ["respond", "apply", "--findings", _folder.At("findings.json"), "--config", _folder.At("stillwatch.yaml"), "--operator", "kim"];
        var (status, shown, errors) = await RunAsync([.. apply, "--dry-run"]);
        Assert.True(status == 0, errors);
        Assert.StartsWith("set    alice   reduce until 2", shown, StringComparison.Ordinal);
        Assert.Contains("leave  bob     nothing", shown, StringComparison.Ordinal);
        Assert.Contains("leave  school  nothing                                 it is exempt", shown, StringComparison.Ordinal);
        Assert.EndsWith("dry run: 1 set, 0 renewed, 0 lifted, 2 left alone\n", shown, StringComparison.Ordinal);
        Assert.Empty(Responses());
        (_, var done, _) = await RunAsync(apply);
        Assert.EndsWith("\n1 set, 0 renewed, 0 lifted, 2 left alone\n", done, StringComparison.Ordinal);
        await UntilAsync(() => _host!.Responses.Count == 1);
        Assert.Equal(HttpStatusCode.OK, (await AskAsync("\"logprobs\":true")).StatusCode);
        Assert.DoesNotContain("logprobs", Encoding.UTF8.GetString(_models.Requests.Last().Body), StringComparison.Ordinal);
        (_, done, _) = await RunAsync(apply);
        Assert.EndsWith("\n0 set, 0 renewed, 0 lifted, 3 left alone\n", done, StringComparison.Ordinal);
        Assert.Single(Responses());
        Write("findings.json", Found("c-1"));
        (_, done, _) = await RunAsync([.. apply, "--lift-cleared"]);
        Assert.Contains("lift   alice  nothing", done, StringComparison.Ordinal);
        await UntilAsync(() => _host!.Responses.Count == 0);
        var entry = Responses()[0];
        var digest = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(
            Encoding.UTF8.GetBytes(Found("c-1", ("alice", "restrict"), ("bob", "review"), ("school", "block")))));
        Assert.Equal(digest, (string?)entry["finding"]!["sha256"]);
        Assert.Equal("c-1", (string?)entry["finding"]!["campaign"]);
        Assert.Equal("shared-template", (string?)entry["finding"]!["reasons"]![0]);
    }

    /// <summary>A model that is slowed for all is not slowed for whom the configuration exempts, from the next reload on.</summary>
    [Fact]
    public async Task Exemption_InTheConfiguration_IsObeyedByTheGateway()
    {
        await StartAsync("");
        string[] where = ["--log", _folder.At("evidence"), "--key", _folder.At("evidence.key"), "--reason", "test", "--operator", "ann"];
        Assert.Equal(0, (await RunAsync(["respond", "set", "model/test-model", "challenge", "--enforce", .. where])).Status);
        await UntilAsync(() => _host!.Responses.Count == 1);
        Assert.Equal(HttpStatusCode.Forbidden, (await AskAsync("\"n\":1")).StatusCode);
        Configure("responses: {exempt: [organisation/acme]}");
        _host!.Reload();
        Assert.Equal(HttpStatusCode.OK, (await AskAsync("\"n\":1")).StatusCode);
    }

    [Fact]
    public async Task Watch_OfWhatTheGatewayRecorded_ReadsHuntsAndSaysWhatFailed()
    {
        await StartAsync("hunts: {every: 1h, store: hunted, findings: found.json}");
        Assert.Equal(HttpStatusCode.OK, (await AskAsync("\"n\":1")).StatusCode);
        await StopAsync();
        string[] watch = ["watch", "--config", _folder.At("stillwatch.yaml"), "--once"];
        var (status, said, errors) = await RunAsync(watch);
        Assert.True(status == 0, errors);
        Assert.Equal("0 set, 0 renewed, 0 lifted, 0 left alone\n", said);
        Assert.Contains("1 interactions read, 0 lines rejected; 0 campaigns", errors, StringComparison.Ordinal);
        Assert.Contains("\"interactions\": 1", await File.ReadAllTextAsync(_folder.At("found.json"), Token), StringComparison.Ordinal);
        File.Delete(_folder.At(Path.Combine("evidence", "checkpoint")));
        (status, _, errors) = await RunAsync(watch);
        Assert.NotEqual(0, status);
        Assert.Contains(_folder.At("evidence"), errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"a":[{"message":{"content":"Hi","reasoning_content":"Hm.","reasoning":"Hm."}}],"reasoning":{"effort":"low"}}""",
        """{"a":[{"message":{"content":"Hi"}}],"reasoning":{"effort":"low"}}""", false)]
    [InlineData("data: {\"choices\":[{\"delta\":{\"reasoning_content\":\"Hm\"}}]}\n\n: note\n\ndata:  {\"choices\":[{\"delta\":"
        + "{ \"content\":\"a\"}}]}\n\ndata: [DONE]\n\n",
        "data: {\"choices\":[{\"delta\":{}}]}\n\n: note\n\ndata:  {\"choices\":[{\"delta\":{ \"content\":\"a\"}}]}\n\ndata: [DONE]\n\n",
        true)]
    public async Task Reasoning_OfAReducedAccount_IsTakenOutOfWhatever_ItsPieces(string reply, string left, bool streams)
    {
        await StartAsync("");
        _models.Answer = async (http, _) =>
        {
            http.Response.ContentType = streams ? "text/event-stream" : "application/json";
            http.Response.ContentLength = streams ? null : Encoding.UTF8.GetByteCount(reply);
            foreach (var piece in Encoding.UTF8.GetBytes(reply).Chunk(7))
            {
                await http.Response.Body.WriteAsync(piece, Token);
                await http.Response.Body.FlushAsync(Token);
            }
        };
        string[] where = ["--log", _folder.At("evidence"), "--key", _folder.At("evidence.key"), "--reason", "test", "--operator", "ann"];
        Assert.Equal(0, (await RunAsync(["respond", "set", "account/alice", "reduce", .. where])).Status);
        await UntilAsync(() => _host!.Responses.Count == 1);
        Assert.Equal(reply, await (await AskAsync("\"n\":1")).Content.ReadAsStringAsync(Token));
        Assert.Equal(0, (await RunAsync(["respond", "set", "account/alice", "reduce", "--enforce", .. where])).Status);
        await UntilAsync(() => _host!.Responses is [{ IsShadow: false }]);
        Assert.Equal(left, await (await AskAsync("\"n\":1")).Content.ReadAsStringAsync(Token));
        var effects = (await StopAsync()).SelectMany(one =>
            one.GetProperty("gateway").TryGetProperty("decisions", out var decisions) ? decisions.EnumerateArray().ToList() : [])
            .Select(decision => decision.GetProperty("effect").GetString());
        Assert.Equal(streams ? ["would_reduce", "reduce"] : ["reduce"], effects);
    }

    [Fact]
    public async Task Observed_Account_IsRecordedInFullBesides_WhileItsResponseIsEnforced()
    {
        await StartAsync("responses: {observe: {log: observed, keep: full}}");
        await SetAsync("observe");
        await AskAsync("\"n\":1", "in shadow");
        await SetAsync("observe", "--enforce");
        await AskAsync("\"n\":1", "in full");
        await LiftAsync();
        await AskAsync("\"n\":1", "lifted");
        await StopAsync();
        var observed = Assert.Single(RunningGateway.ReadLog(_folder.At("observed")));
        Assert.Equal("in full", observed.GetProperty("request").GetProperty("messages")[0].GetProperty("content").GetString());
        Assert.Equal("Hello \"there\"", observed.GetProperty("response").GetProperty("text").GetString());
        Assert.Equal("observe", observed.GetProperty("gateway").GetProperty("decisions")[0].GetProperty("effect").GetString());
        var file = Directory.GetFiles(_folder.At("observed")).Single();
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        var (status, said, errors) = await RunAsync("respond", "report", _folder.At("log"));
        Assert.True(status == 0, errors);
        Assert.Equal(
            """
            observe          all           1 of 3 requests, 1 of 1 accounts (100.00 %, 2.50 to 100.00)
            observe          tier T2       1 of 3 requests, 1 of 1 accounts (100.00 %, 2.50 to 100.00)
            would_observe    all           1 of 3 requests, 1 of 1 accounts (100.00 %, 2.50 to 100.00)
            would_observe    tier T2       1 of 3 requests, 1 of 1 accounts (100.00 %, 2.50 to 100.00)

            """, said);
    }

    /// <summary>Nothing is served before the log holds the commitment, nothing to others, and nothing that is kept back.</summary>
    [Fact]
    public async Task Canary_IsAnsweredByTheGateway_OnceItIsCommitted()
    {
        var (made, _, errors) = await RunAsync("canary", "new", _folder.At("traps.json"), "--name", "spring", "--pairs", "4");
        Assert.True(made == 0, errors);
        var book = TrapBook.Read(_folder.At("traps.json"));
        var (asked, told) = ($"What is {book.Pairs[1].Published.Cue}?", TrapBook.Tell(book.Pairs[1].Published));
        await StartAsync("responses: {canaries: [traps.json]}");
        await SetAsync("canary", "--enforce");
        Assert.DoesNotContain(told, await SaidAsync(asked), StringComparison.Ordinal);
        string[] into = ["--log", _folder.At("evidence"), "--key", _folder.At("evidence.key"), "--operator", "kim"];
        Assert.Equal(0, (await RunAsync(["canary", "commit", _folder.At("traps.json"), .. into])).Status);
        using var patience = new CancellationTokenSource(Patience);
        while (!(await SaidAsync(asked)).Contains(told, StringComparison.Ordinal))
        {
            await Task.Delay(5, patience.Token);
        }

        var before = _models.Requests.Count;
        Assert.Contains("data: [DONE]", await SaidAsync(asked, "\"stream\":true"), StringComparison.Ordinal);
        foreach (var (path, member) in new[] { ("/v1/responses", "input"), ("/v1/messages", "messages"), ("/v1/completions", "prompt") })
        {
            var value = member == "messages" ? $"[{{\"role\":\"user\",\"content\":\"{asked}\"}}]" : $"\"{asked}\"";
            foreach (var stream in new[] { "false", "true" })
            {
                var body = $"{{\"model\":\"test-model\",\"max_tokens\":9,\"{member}\":{value},\"stream\":{stream}}}";
                var said = await PostAsync(path, body);
                Assert.Contains(told, stream == "true" ? StreamedText(said) : said, StringComparison.Ordinal);
            }
        }

        Assert.Equal(before, _models.Requests.Count);
        Assert.DoesNotContain(
            TrapBook.Tell(book.Pairs[1].Withheld), await SaidAsync($"What is {book.Pairs[1].Withheld.Cue}?"), StringComparison.Ordinal);
        var slow = TimeSpan.FromMilliseconds(400);
        _models.Answer = async (http, received) =>
        {
            await Task.Delay(slow, Token);
            await ModelAnswers.AnswerAsync(http, received);
        };
        await SaidAsync("What else?", "\"stream\":true");
        var began = Stopwatch.GetTimestamp();
        Assert.Contains(told, StreamedText(await SaidAsync(asked, "\"stream\":true")), StringComparison.Ordinal);
        Assert.True(Stopwatch.GetElapsedTime(began) > slow * 0.9, "The answer came sooner than the model's do.");
        await LiftAsync();
        Assert.DoesNotContain(told, await SaidAsync(asked), StringComparison.Ordinal);
        var served = (await StopAsync()).Where(one => one.GetProperty("gateway").TryGetProperty("decisions", out var decisions)
            && decisions[0].GetProperty("reasons").GetArrayLength() == 2).ToList();
        Assert.All(served, one =>
        {
            Assert.Equal("canary/spring/1", one.GetProperty("gateway").GetProperty("decisions")[0].GetProperty("reasons")[1].GetString());
            Assert.True(one.GetProperty("usage").GetProperty("output_tokens").GetInt32() > 0);
            Assert.Equal("completed", one.GetProperty("gateway").GetProperty("outcome").GetString());
        });
        Assert.True(served.Count >= 8);
    }

    /// <summary>What the events of a stream add up to, in any dialect.</summary>
    private static string StreamedText(string events)
    {
        var text = new StringBuilder();
        foreach (var line in events.Split('\n').Where(static line => line.StartsWith("data: {", StringComparison.Ordinal)))
        {
            var json = JsonNode.Parse(line[6..])!;
            text.Append((string?)(json["choices"]?[0]?["text"] ?? json["choices"]?[0]?["delta"]?["content"]
                ?? (json["delta"] is JsonObject delta ? delta["text"] : json["delta"])));
        }

        return text.ToString();
    }

    private async Task SetAsync(string step, params string[] further)
    {
        string[] where = ["--log", _folder.At("evidence"), "--key", _folder.At("evidence.key"), "--reason", "test", "--operator", "ann"];
        Assert.Equal(0, (await RunAsync(["respond", "set", "account/alice", step, .. further, .. where])).Status);
        await UntilAsync(() => _host!.Responses is [{ } rule] && rule.StepName == step && rule.IsShadow == (further.Length == 0));
    }

    private async Task LiftAsync()
    {
        string[] where = ["--log", _folder.At("evidence"), "--key", _folder.At("evidence.key"), "--reason", "test", "--operator", "ann"];
        Assert.Equal(0, (await RunAsync(["respond", "lift", "account/alice", .. where])).Status);
        await UntilAsync(() => _host!.Responses.Count == 0);
    }

    private async Task<string> SaidAsync(string question, string member = "\"n\":1") =>
        await (await AskAsync(member, question)).Content.ReadAsStringAsync(Token);

    private async Task<string> PostAsync(string path, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var reply = await _client.PostAsync(new Uri(_host!.Addresses[0], path), content, Token);
        return await reply.Content.ReadAsStringAsync(Token);
    }

    private static string Found(string campaign, params (string Account, string Verdict)[] accounts)
    {
        var members = string.Join(",\n", accounts.Select(one => $$"""
                {
                  "account": "{{one.Account}}",
                  "campaign": "{{campaign}}",
                  "verdict": "{{one.Verdict}}",
                  "reasons": [
                    {
                      "code": "shared-template",
                      "summary": "They share a template."
                    }
                  ]
                }
            """));
        return $$"""
            {
              "schema": "stillwatch.findings/1",
              "interactions": 10,
              "accounts_seen": 5,
              "campaigns": [
                {
                  "id": "{{campaign}}",
                  "accounts": [
                    "alice"
                  ],
                  "interactions": 9,
                  "log10_e_value": 7.5,
                  "reasons": []
                }
              ],
              "accounts": {{(members.Length == 0 ? "[]" : $"[\n{members}\n  ]")}}
            }

            """;
    }

    private List<System.Text.Json.Nodes.JsonObject> Responses()
    {
        using var key = SigningKeyFile.Read(_folder.At("evidence.key"));
        return [.. DecisionEntries.Of(LogReader.Open(_folder.At("evidence"), key.VerifierKey))
            .Where(entry => entry.Subject.StartsWith(ResponseScope.Prefix, StringComparison.Ordinal)).Select(entry => entry.Body)];
    }

    private static async Task UntilAsync(Func<bool> isSo)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!isSo())
        {
            await Task.Delay(5, patience.Token);
        }
    }

    private async Task StartAsync(string further)
    {
        Configure(further);
        _host = await ConfiguredGateway.StartAsync(_folder.At("stillwatch.yaml"), Token);
    }

    private async Task<IReadOnlyList<JsonElement>> StopAsync()
    {
        await ConfiguredGateway.StopAsync(Interlocked.Exchange(ref _host, null));
        return RunningGateway.ReadLog(_folder.At("log"));
    }

    private void Configure(string further) => Write("stillwatch.yaml", $$"""
        listeners: [{address: "127.0.0.1:0"}]
        keys: keys.json
        upstreams:
          main: {url: "{{_models.Address}}"}
        models: [{name: test-model, upstream: main}]
        observation: {spool: spool, log: log, drain_every: 50ms}
        decisions: {log: evidence, key: evidence.key}
        {{further}}
        """);

    private void Write(string file, string text) => File.WriteAllText(_folder.At(file), text);

    private async Task<HttpResponseMessage> AskAsync(string member, string? question = null)
    {
        var messages = question is null ? "[]" : $"[{{\"role\":\"user\",\"content\":\"{question}\"}}]";
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_host!.Addresses[0], "/v1/chat/completions"))
        {
            Content = new StringContent(
                $"{{\"model\":\"test-model\",\"messages\":{messages},{member}}}", Encoding.UTF8, "application/json"),
        };
        return await _client.SendAsync(request, Token);
    }

    private static async Task<(int Status, string Output, string Errors)> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Stillwatch.Cli.dll"), .. arguments])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(Token), process.StandardError.ReadToEndAsync(Token));
        await process.WaitForExitAsync(Token);
        return (process.ExitCode, await output, await errors);
    }
}
