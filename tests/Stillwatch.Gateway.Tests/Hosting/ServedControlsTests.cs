using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Stillwatch.Evidence.Signing;
using Stillwatch.Evidence.TransparencyLog;
using Stillwatch.Gateway.Configuration;
using Stillwatch.Gateway.Decisions;
using Stillwatch.Gateway.Hosting;
using Stillwatch.Gateway.Identity;

namespace Stillwatch.Gateway.Tests.Hosting;

/// <summary>Limits, policies, organisations and switches of a configuration file, as a gateway serves by them; steps by hand.</summary>
public sealed class ServedControlsTests : IAsyncLifetime
{
    private const string Chat = "/v1/chat/completions";
    private const string Permit = "@id(\"all\") permit (principal, action, resource);\n";

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
        Write("organisations.yaml", "acme: {shown: [email, phone, payment], owned_by_nobody: true}");
        Write("access.cedar", Permit);
        Write("next.cedar", Permit);
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
    public async Task Policies_OfTheFile_DenyAndNoteInLogAndInteraction_AndFollowTheFile()
    {
        Write("access.cedar", Permit + """
            @id("no-odds") @message("Not for you.") forbid (principal in Tier::"T1", action, resource)
            when { context.features.contains("logprobs") };
            @id("broken") forbid (principal, action, resource) when { context.features.contains("logprobs") && context.country == "XA" };
            """);
        Write("next.cedar", Permit + "@id(\"no-streams\") forbid (principal, action, resource in ModelFamily::\"general\") "
            + "when { context.region == \"eu\" && context.features.contains(\"stream\") };");
        await StartAsync();
        using var allowed = await AskAsync("\"stream\":true");
        Assert.Equal(HttpStatusCode.OK, allowed.StatusCode);
        using var denied = await AskAsync("\"logprobs\":true");
        Assert.Equal(HttpStatusCode.Forbidden, denied.StatusCode);
        Assert.Contains("Not for you.", await denied.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);

        // A file that cannot be used changes nothing; the next one that can does, and is an entry of the log before.
        Write("access.cedar", "permit (");
        Reload();
        Assert.Equal(HttpStatusCode.Forbidden, (await AskAsync("\"logprobs\":true")).StatusCode);
        Write("access.cedar", Permit);
        Reload();
        Assert.Equal(HttpStatusCode.OK, (await AskAsync("\"logprobs\":true")).StatusCode);
        const string Denied = "deny no-odds; not_counted broken; would_allow all";
        var interactions = await StopAsync();
        Assert.Equal(
            ["would_deny no-streams", Denied, Denied, ""],
            interactions.Select(Decisions));
        Assert.Equal(
            [("completed", 200), ("denied", 403), ("denied", 403), ("completed", 200)],
            interactions.Select(one =>
                (one.GetProperty("gateway").GetProperty("outcome").GetString()!, one.GetProperty("status").GetInt32())));
        Assert.Equal(
            ["policy/access", "policy/access-dry-run", "policy/limits", "policy/access"],
            Entries().Select(entry => entry.Subject));
    }

    [Fact]
    public async Task Limits_OfTheFile_HoldFollowTheFileAndOutliveTheProcess()
    {
        await StartAsync("{name: few, measure: requests, cap: 2, per: [account]}");
        Assert.Equal(HttpStatusCode.OK, (await AskAsync()).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await AskAsync()).StatusCode);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await AskAsync()).StatusCode);
        var (status, said, _) = await RunAsync("quota", "show", "--gateway", _host!.AdminAddress!.ToString());
        Assert.Equal((0, "few  account alice: 2 spent, 0 held of 2 requests in all\n"), (status, said));
        Configure("{name: few, measure: requests, cap: 3, per: [account]}");
        Reload();
        Assert.Equal(HttpStatusCode.OK, (await AskAsync()).StatusCode);
        await StopAsync();
        await StartAsync("{name: few, measure: requests, cap: 3, per: [account]}");
        Assert.Equal(HttpStatusCode.TooManyRequests, (await AskAsync()).StatusCode);
    }

    [Fact]
    public async Task Switch_ByTwoPeopleAtTheCommandLine_StopsAStreamUnderWay()
    {
        await StartAsync();
        var never = new TaskCompletionSource();
        _models.Answer = async (http, request) =>
        {
            http.Response.ContentType = "text/event-stream";
            await http.Response.WriteAsync("data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"a\"}}]}\n\n", Token);
            await http.Response.Body.FlushAsync(Token);
            await never.Task.WaitAsync(http.RequestAborted);
        };
        using var live = await AskAsync("\"stream\":true", HttpCompletionOption.ResponseHeadersRead);
        string[] where = ["--log", _folder.At("evidence"), "--key", _folder.At("evidence.key"), "--reason", "test"];
        var (_, _, proposed) = await RunAsync(["switch", "propose", "model/test-model", .. where, "--operator", "ann"]);
        Assert.Contains("stops nothing until a second person confirms", proposed, StringComparison.Ordinal);
        var (alone, _, refused) = await RunAsync(["switch", "confirm", "model/test-model", .. where, "--operator", "ann"]);
        Assert.Equal(2, alone);
        Assert.Contains("a second person has to confirm", refused, StringComparison.Ordinal);
        var (status, _, said) = await RunAsync(
            ["switch", "confirm", "model/test-model", .. where, "--operator", "ben", "--gateway", _host!.AdminAddress!.ToString()]);
        Assert.True(status == 0, said);
        Assert.Contains("model/test-model: on; would have stopped 1", said, StringComparison.Ordinal);
        Assert.Contains("stopped this service", await live.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await AskAsync()).StatusCode);
        var (_, listed, _) = await RunAsync(
            "switch", "list", "--log", _folder.At("evidence"), "--vkey", _folder.At("evidence.pub"));
        Assert.Equal("switch/model/test-model: on\n", listed);
        Assert.Equal(0, (await RunAsync(["switch", "lift", "model/test-model", .. where, "--operator", "ann"])).Status);
        Assert.Equal(0, (await RunAsync(["switch", "confirm", "model/test-model", .. where, "--operator", "ben"])).Status);
        _models.Answer = ModelAnswers.AnswerAsync;
        using var patience = new CancellationTokenSource(Patience);
        while ((await AskAsync()).StatusCode is not HttpStatusCode.OK)
        {
            patience.Token.ThrowIfCancellationRequested();
        }

        var interactions = await StopAsync();
        Assert.Equal("stop switch/model/test-model", Decisions(interactions[0]));
        Assert.Equal("stop switch/model/test-model", Decisions(interactions[1]));
    }

    [Fact]
    public async Task Response_SetAtTheCommandLine_IsShadowFirst_ThenReducesThenChallenges_AndIsLifted()
    {
        const string Odds = "\"logprobs\":true, \"top_logprobs\":5,\"logit_bias\":{\"1\":2},\"seed\": 7";
        await StartAsync();
        string[] where = ["--log", _folder.At("evidence"), "--key", _folder.At("evidence.key"), "--reason", "test", "--operator", "ann"];
        Assert.Equal(0, (await RunAsync(["respond", "set", "account/alice", "reduce", .. where])).Status);
        await UntilAsync(async () => (await AskAsync(Odds)).IsSuccessStatusCode && _host!.Responses.Count == 1);
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(Odds)).StatusCode);
        Assert.Contains("top_logprobs", Encoding.UTF8.GetString(_models.Requests.Last().Body), StringComparison.Ordinal);
        var (status, _, said) = await RunAsync(["respond", "set", "account/alice", "reduce", "--enforce", .. where]);
        Assert.True(status == 0, said);
        await UntilAsync(() => Task.FromResult(!_host!.Responses[0].IsShadow));
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(Odds)).StatusCode);
        Assert.Equal(
            "{\"model\":\"test-model\",\"messages\":[],\"seed\": 7}", Encoding.UTF8.GetString(_models.Requests.Last().Body));
        Assert.Equal(0, (await RunAsync(["respond", "set", "key/none", "block", "--enforce", .. where])).Status);
        Assert.Equal(0, (await RunAsync(["respond", "set", "model/test-model", "challenge", "--enforce", .. where])).Status);
        await UntilAsync(() => Task.FromResult(_host!.Responses.Count == 3));
        using var challenged = await AskAsync();
        Assert.Equal(HttpStatusCode.Forbidden, challenged.StatusCode);
        Assert.Contains("verification_required", await challenged.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        Assert.Equal(0, (await RunAsync(["respond", "lift", "model/test-model", .. where])).Status);
        await UntilAsync(() => Task.FromResult(_host!.Responses.Count == 2));
        Assert.Equal(HttpStatusCode.OK, (await AskAsync()).StatusCode);
        var (_, listed, _) = await RunAsync("respond", "list", "--log", _folder.At("evidence"), "--vkey", _folder.At("evidence.pub"));
        Assert.StartsWith("response/account/alice: reduce until 20", listed, StringComparison.Ordinal);
        var noted = (await StopAsync()).Select(Decisions).ToList();
        Assert.Equal(
            ["would_reduce response/account/alice", "reduce response/account/alice", "challenge response/model/test-model", ""],
            noted.SkipWhile(note => note.Length == 0).Distinct());
    }

    private static async Task UntilAsync(Func<Task<bool>> isSo)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!await isSo())
        {
            await Task.Delay(5, patience.Token);
        }
    }

    [Fact]
    public async Task Explained_AtTheCommandLine_IsWhatTheGatewayDecides()
    {
        Write("access.cedar", $$"""
            {{Permit}}@id("t1") forbid (principal in Tier::"T1", action, resource) when { context.region == "eu" };
            """);
        Configure();
        var (status, said, errors) = await RunAsync(
            "policy", "explain", "--config", _folder.At("stillwatch.yaml"), "--account", "alice", "--organization", "acme", "--tier", "T2",
            "--model", "test-model");
        Assert.True(status == 0, errors);
        Assert.Equal("tier T1, though the key says T2\nin force: denied by t1\ndry run: allowed by all\n", said);
        (_, said, _) = await RunAsync("organisation", "show", "--config", _folder.At("stillwatch.yaml"));
        Assert.StartsWith("acme: tier T1; T2 needs identity, beneficial_owners\n", said, StringComparison.Ordinal);
        Write("access.cedar", "permit (\npermit (");
        (status, _, errors) = await RunAsync("policy", "check", _folder.At("access.cedar"));
        Assert.Equal(2, status);
        Assert.Contains("access.cedar:2:1: ", errors, StringComparison.Ordinal);
        (status, _, errors) = await RunAsync("serve", "--check", "--config", _folder.At("none.yaml"));
        Assert.Equal(2, status);
        Assert.Contains("write one as docs/gateway.md shows", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Log_ThatIsDamagedOrGone_KeepsTheGatewayFromStarting()
    {
        Configure();
        var options = ConfigurationFile.Read(_folder.At("stillwatch.yaml")).Options!;
        File.Delete(Path.Combine(_folder.At("evidence"), "checkpoint"));
        await Assert.ThrowsAsync<InvalidDataException>(() => GatewayHost.StartAsync(options, new(), null, Token));
    }

    private static string Decisions(JsonElement interaction) =>
        !interaction.GetProperty("gateway").TryGetProperty("decisions", out var list)
        ? ""
        : string.Join("; ", list.EnumerateArray().Select(one =>
            $"{one.GetProperty("effect")} {string.Join(',', one.GetProperty("reasons").EnumerateArray())}"));

    private List<Evidence.Decisions.DecisionEntry> Entries()
    {
        using var key = SigningKeyFile.Read(_folder.At("evidence.key"));
        return [.. DecisionEntries.Of(LogReader.Open(_folder.At("evidence"), key.VerifierKey))];
    }

    private async Task StartAsync(string limits = "")
    {
        Configure(limits);
        _host = await ConfiguredGateway.StartAsync(_folder.At("stillwatch.yaml"), Token);
    }

    /// <summary>Stops the gateway and reads what it recorded.</summary>
    private async Task<IReadOnlyList<JsonElement>> StopAsync()
    {
        await ConfiguredGateway.StopAsync(Interlocked.Exchange(ref _host, null));
        return RunningGateway.ReadLog(_folder.At("log"));
    }

    private void Reload() => _host!.Reload();

    private void Configure(string limits = "") => Write("stillwatch.yaml", $$"""
        listeners: [{address: "127.0.0.1:0"}]
        admin: 127.0.0.1:0
        keys: keys.json
        upstreams:
          main: {url: "{{_models.Address}}"}
        models: [{name: test-model, upstream: main, region: eu, families: [general]}]
        observation: {spool: spool, log: log, drain_every: 50ms}
        quotas: {journal: quota, limits: [{{limits}}]}
        policies: {file: access.cedar, dry_run: next.cedar}
        organisations: {file: organisations.yaml}
        decisions: {log: evidence, key: evidence.key}
        """);

    private void Write(string file, string text) => File.WriteAllText(_folder.At(file), text);

    private async Task<HttpResponseMessage> AskAsync(
        string member = "\"n\":1", HttpCompletionOption until = HttpCompletionOption.ResponseContentRead)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_host!.Addresses[0], Chat))
        {
            Content = new StringContent("{\"model\":\"test-model\",\"messages\":[]," + member + "}", Encoding.UTF8, "application/json"),
        };
        return await _client.SendAsync(request, until, Token);
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
