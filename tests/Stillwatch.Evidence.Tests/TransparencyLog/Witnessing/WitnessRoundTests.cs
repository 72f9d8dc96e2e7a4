using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Stillwatch.Evidence.Signing;
using Stillwatch.Evidence.Tests.Signing;
using Stillwatch.Evidence.TransparencyLog;
using Stillwatch.Evidence.TransparencyLog.Proofs;
using Stillwatch.Evidence.TransparencyLog.Witnessing;

namespace Stillwatch.Evidence.Tests.TransparencyLog.Witnessing;

public sealed class WitnessRoundTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ScratchFolder _scratch = ScratchFolder.InMemory();
    private readonly NoteSigningKey _log = TestKeys.Log(LogFiles.Origin);
    private readonly HttpClient _http = new();

    public void Dispose()
    {
        _log.Dispose();
        _http.Dispose();
        _scratch.Dispose();
    }

    [Fact]
    public async Task Ask_GoodAndBadWitnesses_GathersTheQuorumAndSaysWhatWasWrong()
    {
        var token = TestContext.Current.CancellationToken;
        using var first = TestKeys.Witness("witness.example/1", 31);
        using var second = TestKeys.Witness("witness.example/2", 32);
        using var liar = TestKeys.Witness("witness.example/3", 33);
        using var absent = TestKeys.Witness("witness.example/4", 34);
        await using var one = await ServeAsync(first, "one");
        await using var two = await ServeAsync(second, "two");
        await using var giant = await ServeRawAsync(context => context.Response.WriteAsync(new string('x', 1_000_000)));
        var policy = TrustPolicy.Parse(Encoding.UTF8.GetBytes($"""
            log {_log.VerifierKey}
            witness A {first.VerifierKey} {one.Address}
            witness B {second.VerifierKey} {two.Address}
            witness C {liar.VerifierKey} {giant.Urls.First()}
            witness D {absent.VerifierKey} http://127.0.0.1:{UnusedPort()}/
            group G 2 A B C D
            quorum G
            """));
        foreach (var size in (int[])[10, 300, 300])
        {
            await GrowAsync(size);
            var round = await WitnessRound.AskAsync(LogReader.Open(_scratch.At("log"), _log.VerifierKey), policy, _http, Patience, token);
            Assert.Equal(CheckpointVerdict.Accepted, round.Verdict);
            Assert.Equal(["A", "B"], round.Replies.Where(reply => reply.Cosignature is not null).Select(reply => reply.Witness.Name));
            Assert.Contains("more than 65536 bytes", round.Replies[2].Reason!, StringComparison.Ordinal);
            Assert.NotNull(round.Replies[3].Reason);
            new LogAttachments(_scratch.At("log")).Keep(round.Checkpoint);
            Assert.Equal((ulong)size, new LogAttachments(_scratch.At("log")).Witnessed(policy)!.Checkpoint.Size);
        }
    }

    [Fact]
    public async Task Ask_WitnessThatSignsWithAnotherKeyOrNeverAnswers_DoesNotCount()
    {
        var token = TestContext.Current.CancellationToken;
        using var expected = TestKeys.Witness("witness.example/1", 31);
        using var actual = TestKeys.Witness("witness.example/1", 32);
        using var slow = TestKeys.Witness("witness.example/2", 33);
        await using var wrong = await ServeAsync(actual, "wrong");
        await using var silent = await ServeRawAsync(context => Task.Delay(Timeout.Infinite, context.RequestAborted));
        var policy = TrustPolicy.Parse(Encoding.UTF8.GetBytes($"""
            log {_log.VerifierKey}
            witness A {expected.VerifierKey} {wrong.Address}
            witness B {slow.VerifierKey} {silent.Urls.First()}
            group G any A B
            quorum G
            """));
        await GrowAsync(3);
        var log = LogReader.Open(_scratch.At("log"), _log.VerifierKey);
        var round = await WitnessRound.AskAsync(log, policy, _http, TimeSpan.FromSeconds(1), token);
        Assert.Equal(CheckpointVerdict.QuorumNotMet, round.Verdict);
        Assert.Contains("no cosignature of its key", round.Replies[0].Reason!, StringComparison.Ordinal);
        Assert.Contains("did not answer within", round.Replies[1].Reason!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ask_WitnessThatHasSeenMore_SaysSo()
    {
        var token = TestContext.Current.CancellationToken;
        using var key = TestKeys.Witness("witness.example/1", 31);
        await using var server = await ServeAsync(key, "one");
        var policy = TrustPolicy.Parse(Encoding.UTF8.GetBytes(
            $"log {_log.VerifierKey}\nwitness A {key.VerifierKey} {server.Address}\nquorum A\n"));
        await GrowAsync(10);
        var old = LogReader.Open(_scratch.At("log"), _log.VerifierKey);
        await GrowAsync(20);
        await WitnessRound.AskAsync(LogReader.Open(_scratch.At("log"), _log.VerifierKey), policy, _http, Patience, token);
        var round = await WitnessRound.AskAsync(old, policy, _http, Patience, token);
        Assert.Contains("has cosigned 20 entries", round.Replies[0].Reason!, StringComparison.Ordinal);
    }

    private async Task GrowAsync(int size)
    {
        if (!File.Exists(_scratch.At("log", "checkpoint")))
        {
            await LogFiles.WriteAsync(_scratch.At("log"), _log, 1);
        }

        await using var log = LogWriter.Open(_scratch.At("log"), _log);
        var have = (int)log.Checkpoint.Checkpoint.Size;
        if (have < size)
        {
            await log.AppendAsync(LogFiles.Entries(have, size - have));
        }
    }

    private async Task<WitnessServer> ServeAsync(NoteSigningKey key, string name) => await WitnessServer.StartAsync(
        new Witness(_scratch.At(name), key, [_log.VerifierKey], new FixedTime(DateTimeOffset.UnixEpoch)), new("http://127.0.0.1:0"));

    private static async Task<WebApplication> ServeRawAsync(RequestDelegate answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var application = builder.Build();
        application.Urls.Add("http://127.0.0.1:0");
        application.Run(answer);
        await application.StartAsync();
        return application;
    }

    private static int UnusedPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
