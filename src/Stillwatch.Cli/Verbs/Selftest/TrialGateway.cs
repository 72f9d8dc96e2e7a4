using System.Net;
using Stillwatch.Evidence.Signing;
using Stillwatch.Evidence.TransparencyLog;
using Stillwatch.Gateway.Configuration;
using Stillwatch.Gateway.Hosting;
using Stillwatch.Gateway.Identity;
using Stillwatch.Gateway.Responses;
using Stillwatch.Interactions;

namespace Stillwatch.Cli.Verbs.Selftest;

/// <summary>A gateway of our own on the loopback interface, in a folder that goes when it does, with one key.</summary>
internal sealed class TrialGateway : IAsyncDisposable
{
    private const string Account = "selftest";

    private static readonly ResponseScope Scope = new(ResponseScopeKind.Account, Account);

    private readonly DirectoryInfo _folder;
    private readonly GatewayHost _host;

    private TrialGateway(DirectoryInfo folder, GatewayHost host, string key) => (_folder, _host, Key) = (folder, host, key);

    public string Key { get; }

    public Uri Address => _host.Addresses[0];

    public static async Task<TrialGateway> StartAsync(Uri upstream, ResponseOptions responses, CancellationToken cancellation)
    {
        var folder = Directory.CreateTempSubdirectory("stillwatch-selftest-");
        try
        {
            var (log, logKey) = (Path.Combine(folder.FullName, "log"), Path.Combine(folder.FullName, "log.key"));
            SigningKeyFile.Create(logKey, "selftest", NoteKeyType.Ed25519);
            using (var signing = SigningKeyFile.Read(logKey))
            {
                await using var writer = LogWriter.Create(log, signing);
            }

            var options = OptionsOf(folder.FullName, upstream, new(log, logKey), responses);
            var (_, text) = new KeyIssuer(options.KeysFile, TimeProvider.System)
                .Create(new GatewayKey { Id = "", Account = Account, Tier = "standard" });
            return new(folder, await GatewayHost.StartAsync(options, new GatewayParts(), null, cancellation), text);
        }
        catch
        {
            folder.Delete(recursive: true);
            throw;
        }
    }

    /// <summary>Sets what is done about the account, as 'stillwatch respond set' does, and waits until the gateway obeys.</summary>
    public async Task RespondAsync(ResponseStep step, CancellationToken cancellation)
    {
        var now = TimeProvider.System.GetUtcNow();
        var rule = new ResponseRule(Scope, step, IsShadow: false, now.AddDays(1), "selftest");
        using var key = SigningKeyFile.Read(Path.Combine(_folder.FullName, "log.key"));
        await using (var log = await LogWriter.OpenWaitingAsync(Path.Combine(_folder.FullName, "log"), key, cancellation: cancellation))
        {
            await log.AppendAsync(rule.ToEntry(now, "self-test").Bytes, cancellation);
            await log.PublishAsync();
        }

        while (!_host.Responses.Any(active => active.Step == step))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), cancellation);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        await _host.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private static GatewayOptions OptionsOf(string folder, Uri upstream, DecisionOptions decisions, ResponseOptions responses) => new()
    {
        Listeners = [new(new IPEndPoint(IPAddress.Loopback, 0), null, null)],
        KeysFile = Path.Combine(folder, "keys.json"),
        Upstreams = new Dictionary<string, UpstreamOptions> { ["lab"] = new() { Name = "lab", Url = upstream } },
        Models = [new("lab-*", "lab", "laboratory")],
        Decisions = decisions,

        // The account of the self-test is nobody's: what is exempt, recorded more or trapped is not tried.
        Responses = new() { Reduce = responses.Reduce },
        Observation = new()
        {
            Spool = Path.Combine(folder, "spool"),
            Log = Path.Combine(folder, "interactions"),
            Content = ContentPolicy.All(ContentTreatment.None),
        },
    };
}
