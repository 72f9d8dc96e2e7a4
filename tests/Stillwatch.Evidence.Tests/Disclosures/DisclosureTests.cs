using System.Security.Cryptography;
using System.Text;
using Stillwatch.Evidence.CanonicalJson;
using Stillwatch.Evidence.Decisions;
using Stillwatch.Evidence.Disclosures;
using Stillwatch.Evidence.Signing;
using Stillwatch.Evidence.Tests.Signing;
using Stillwatch.Evidence.Tests.TransparencyLog;
using Stillwatch.Evidence.TransparencyLog;

namespace Stillwatch.Evidence.Tests.Disclosures;

public sealed class DisclosureTests : IDisposable
{
    private readonly ScratchFolder _scratch = ScratchFolder.InMemory();
    private readonly NoteSigningKey _key = TestKeys.Log(LogFiles.Origin);

    private string Log => _scratch.At("log");

    public void Dispose()
    {
        _key.Dispose();
        _scratch.Dispose();
    }

    [Fact]
    public async Task Log_OfADisclosure_SaysWhatToWhomAndTheHashButNoItem()
    {
        await LogWriter.Create(Log, _key).DisposeAsync();
        using (var log = DisclosureLog.Open(Log, _key))
        {
            await log.AppendAsync(Sample("lab-a"), TestContext.Current.CancellationToken);
        }

        var (index, entry) = Assert.Single(DisclosureLog.Read(Log, _key.VerifierKey));
        Assert.Equal((0UL, "recipient/lab-a", DisclosureLog.Actor), (index, entry.Subject, entry.Actor));
        var list = Encoding.UTF8.GetBytes($"{new string('0', 64)}  report--1\n{new string('1', 64)}  indicator--2\n");
        Assert.Equal(
            $$"""
            {"items":2,"marking":"TLP:AMBER+STRICT","minimumAccounts":3,"purpose":"campaign","recipient":"lab-a",
            "reveals":["reveals:days"],"sha256":"{{Convert.ToHexStringLower(SHA256.HashData(list))}}",
            "types":{"indicator":1,"report":1},"what":"stixBundle"}
            """.ReplaceLineEndings(string.Empty),
            Encoding.UTF8.GetString(JsonCanonicalization.Canonicalize(entry.Body)));
    }

    /// <summary>However much is given, and however many types a hostile bundle has, the entry fits the log.</summary>
    [Fact]
    public async Task Log_OfALargeDisclosure_HoldsASmallEntry()
    {
        await LogWriter.Create(Log, _key).DisposeAsync();
        using var log = DisclosureLog.Open(Log, _key);
        var items = Enumerable.Range(0, 20_000).Select(number => new DisclosedItem($"x-type-{number}--{number}", new string('0', 64)));
        await log.AppendAsync(Sample("lab-a") with { Items = [.. items] }, TestContext.Current.CancellationToken);
        var (_, entry) = Assert.Single(DisclosureLog.Read(Log, _key.VerifierKey));
        Assert.InRange(entry.Bytes.Length, 100, 2000);
        Assert.Equal(20_000 - Disclosure.MaxTypes, entry.Body["types"]!["other"]!.GetValue<int>());
    }

    /// <summary>A server that holds the way out open keeps nobody from writing.</summary>
    [Fact]
    public async Task Log_ManyDisclosuresAtOnceBesideOtherWriters_AreAllThere()
    {
        var token = TestContext.Current.CancellationToken;
        await LogWriter.Create(Log, _key).DisposeAsync();
        using var log = DisclosureLog.Open(Log, _key);
        await Task.WhenAll([.. Enumerable.Range(0, 50).Select(number => log.AppendAsync(Sample($"lab-{number}"), token)), WriteAsync()]);
        var recipients = DisclosureLog.Read(Log, _key.VerifierKey).Select(pair => pair.Entry.Subject).Order(StringComparer.Ordinal);
        Assert.Equal(Enumerable.Range(0, 50).Select(number => $"recipient/lab-{number}").Order(StringComparer.Ordinal), recipients);
        var state = new DecisionLog(Log).Read(_key.VerifierKey, cancellation: token);
        Assert.Equal((55UL, 50UL), (state.Size, state.Counts["disclosure"]));
        Assert.True(LogFsck.Run(Log, _key.VerifierKey, cancellation: token).IsWhole);

        async Task WriteAsync()
        {
            for (var number = 0; number < 5; number++)
            {
                await using var writer = await LogWriter.OpenWaitingAsync(Log, _key, cancellation: token);
                await writer.AppendAsync(LogFiles.Entry(number), token);
            }
        }
    }

    [Fact]
    public void Log_ThatIsNotThere_IsSaidAtOnce() => Assert.Throws<InvalidDataException>(() => DisclosureLog.Open(Log, _key));

    /// <summary>Nothing was written, and that is known: what waits for another writer may be tried again.</summary>
    [Fact]
    public async Task Gate_WhileAnotherHoldsTheLog_GivesNothingButStaysOpen()
    {
        var given = 0;
        using (var log = await CreateAsync())
        {
            var gate = new DisclosureGate(log);
            await using (LogWriter.Open(Log, _key))
            {
                await Assert.ThrowsAsync<DisclosureNotRecordedException>(() => GiveAsync(gate));
            }

            Assert.Equal(0, given);
            await GiveAsync(gate);
        }

        Assert.Equal(1, given);
        Assert.Single(DisclosureLog.Read(Log, _key.VerifierKey));

        async Task<DisclosureLog> CreateAsync()
        {
            await LogWriter.Create(Log, _key).DisposeAsync();
            return DisclosureLog.Open(Log, _key, TimeSpan.Zero);
        }

        Task GiveAsync(DisclosureGate gate) => gate.GiveAsync(
            Sample("lab-a"), _ => Task.FromResult(given++), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Gate_RecordWritten_GivesAfterIt()
    {
        var log = new RecordedDisclosures();
        var recordedBefore = 0;
        await new DisclosureGate(log).GiveAsync(
            Sample("lab-a"),
            _ =>
            {
                recordedBefore = log.All.Count;
                return Task.CompletedTask;
            },
            TestContext.Current.CancellationToken);
        Assert.Equal(1, recordedBefore);
    }

    [Fact]
    public async Task Gate_RecordNotWritten_GivesNothingThenOrLater()
    {
        var log = new RecordedDisclosures { IsBroken = true };
        var gate = new DisclosureGate(log);
        var given = 0;
        await Assert.ThrowsAsync<DisclosureNotRecordedException>(() => GiveAsync());
        log.IsBroken = false;
        await Assert.ThrowsAsync<DisclosureNotRecordedException>(() => GiveAsync());
        Assert.Equal((0, 0), (given, log.All.Count));

        Task GiveAsync() => gate.GiveAsync(
            Sample("lab-a"),
            _ =>
            {
                given++;
                return Task.CompletedTask;
            },
            TestContext.Current.CancellationToken);
    }

    internal static Disclosure Sample(string recipient) => new()
    {
        Kind = DisclosureKind.StixBundle,
        Recipient = recipient,
        Marking = "TLP:AMBER+STRICT",
        Purpose = "campaign",
        GivenAt = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero),
        MinimumAccounts = 3,
        Reveals = ["reveals:days"],
        Items = [new DisclosedItem("report--1", new string('0', 64)), new DisclosedItem("indicator--2", new string('1', 64))],
    };
}
