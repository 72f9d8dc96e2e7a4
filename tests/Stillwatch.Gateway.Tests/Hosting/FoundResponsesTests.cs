using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.Json;
using Stillwatch.Evidence.Signing;
using Stillwatch.Evidence.TransparencyLog;
using Stillwatch.Gateway.Configuration;
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
        var path = _folder.At("stillwatch.yaml");
        var (options, faults, _) = ConfigurationFile.Read(path);
        Assert.Empty(faults);
        _host = await GatewayHost.StartAsync(options!, new(), path, Token);
    }

    private async Task<IReadOnlyList<JsonElement>> StopAsync()
    {
        if (_host is { } host)
        {
            _host = null;
            await host.StopAsync();
            await host.DisposeAsync();
        }

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

    private async Task<HttpResponseMessage> AskAsync(string member)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_host!.Addresses[0], "/v1/chat/completions"))
        {
            Content = new StringContent("{\"model\":\"test-model\",\"messages\":[]," + member + "}", Encoding.UTF8, "application/json"),
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
