using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Stillwatch.Evidence.Decisions;
using Stillwatch.Evidence.Merkle;
using Stillwatch.Evidence.Signing;
using Stillwatch.Evidence.Tests.Signing;
using Stillwatch.Evidence.Tests.TransparencyLog;
using Stillwatch.Evidence.TransparencyLog;

namespace Stillwatch.Evidence.Tests.Decisions;

public sealed class DecisionTests : IDisposable
{
    private static readonly DateTimeOffset At = new(2026, 11, 28, 20, 0, 0, TimeSpan.Zero);

    private readonly ScratchFolder _scratch = ScratchFolder.InMemory();
    private readonly NoteSigningKey _key = TestKeys.Log(LogFiles.Origin);

    public void Dispose()
    {
        _key.Dispose();
        _scratch.Dispose();
    }

    [Fact]
    public void Entry_Written_HasTheDocumentedBytesAndReadsBack()
    {
        var entry = Entry("e-1", EntryKind.CaseStep, "case/7", new() { ["step"] = "opened", ["a"] = 1.50 });
        Assert.Equal(
            """{"actor":"hunt","at":"2026-11-28T20:00:00Z","body":{"a":1.5,"step":"opened"},"""
            + "\"id\":\"e-1\",\"kind\":\"caseStep\",\"subject\":\"case/7\",\"v\":1}",
            Encoding.UTF8.GetString(entry.Bytes.Span));
        var read = DecisionEntry.Parse(entry.Bytes);
        Assert.Equal(("e-1", EntryKind.CaseStep, "case/7", "hunt", At), (read.Id, read.Kind, read.Subject, read.Actor, read.At));
        Assert.Equal("opened", read.Body["step"]!.GetValue<string>());
    }

    [Fact]
    public void Kinds_OfTheSchema_AllReadBack() => Assert.All(
        Enum.GetValues<EntryKind>().Where(kind => kind != EntryKind.Unknown),
        kind => Assert.Equal(kind, DecisionEntry.Parse(Entry("e", kind, "s", []).Bytes).Kind));

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"actor":"a","at":"2026-11-28T20:00:00Z","body":{},"id":"e","kind":"verdict","subject":"s"}""")]
    [InlineData("""{"actor":"a","at":"2026-11-28T20:00:00Z","body":{},"id":"e","kind":"verdict","subject":"s","v":0}""")]
    [InlineData("""{"actor":"a","at":"2026-11-28T20:00:00Z","body":{},"id":"e","kind":"verdict","subject":"s","v":1.5}""")]
    [InlineData("""{"actor":"a","at":"2026-11-28T20:00:00Z","body":[],"id":"e","kind":"verdict","subject":"s","v":1}""")]
    [InlineData("""{"actor":"a","at":"2026-11-28T20:00:00","body":{},"id":"e","kind":"verdict","subject":"s","v":1}""")]
    [InlineData("""{"actor":"a","at":"yesterday","body":{},"id":"e","kind":"verdict","subject":"s","v":1}""")]
    [InlineData("""{"actor":"","at":"2026-11-28T20:00:00Z","body":{},"id":"e","kind":"verdict","subject":"s","v":1}""")]
    [InlineData("""{"actor":"a","at":"2026-11-28T20:00:00Z","body":{},"id":7,"kind":"verdict","subject":"s","v":1}""")]
    [InlineData("""{"v":1,"actor":"a","at":"2026-11-28T20:00:00Z","body":{},"id":"e","kind":"verdict","subject":"s"}""")]
    [InlineData("""{ "actor":"a","at":"2026-11-28T20:00:00Z","body":{},"id":"e","kind":"verdict","subject":"s","v":1}""")]
    public void Parse_WhatIsNoEntry_IsRefused(string text) =>
        Assert.Throws<InvalidDataException>(() => DecisionEntry.Parse(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void State_VerdictsAndOverrides_SpeakInTheirOrder()
    {
        var state = new DecisionState();
        Apply(EntryKind.Verdict, """{"verdict":"review"}""", "review", false);
        Apply(EntryKind.Verdict, """{"verdict":"restrict"}""", "restrict", false);
        Apply(EntryKind.Override, """{"verdict":"allow"}""", "allow", true);
        Apply(EntryKind.Verdict, """{"verdict":"block"}""", "allow", true);
        Apply(EntryKind.CaseNote, """{"text":"called them"}""", "allow", true);
        Apply(EntryKind.Override, """{"lifted":true}""", "block", false);
        Assert.Equal(4UL, state.Find("account/a")!.VerdictIndex!.Value + 1);
        Assert.Equal(3UL, state.Counts["verdict"]);

        void Apply(EntryKind kind, string body, string verdict, bool isOverridden)
        {
            var id = string.Create(CultureInfo.InvariantCulture, $"e-{state.Size}");
            state.Apply(Entry(id, kind, "account/a", JsonNode.Parse(body)!.AsObject()).Bytes);
            var subject = state.Find("account/a")!;
            Assert.Equal((verdict, isOverridden), (subject.Verdict, subject.IsOverridden));
        }
    }

    [Fact]
    public void State_RepeatedForeignAndLaterEntries_CountButSayNothing()
    {
        var state = new DecisionState();
        var entry = Entry("e-1", EntryKind.Verdict, "s", new() { ["verdict"] = "block" });
        state.Apply(entry.Bytes);
        state.Apply(entry.Bytes);
        state.Apply(Entry("e-1", EntryKind.Verdict, "s", new() { ["verdict"] = "allow" }).Bytes);
        state.Apply("no JSON"u8.ToArray());
        var later = Encoding.UTF8.GetString(Entry("e-2", EntryKind.Verdict, "s", new() { ["verdict"] = "allow" }).Bytes.Span)
            .Replace("\"v\":1", "\"v\":2", StringComparison.Ordinal);
        state.Apply(Encoding.UTF8.GetBytes(later));
        Assert.Equal("block", state.Find("s")!.Verdict);
        Assert.Equal((2UL, 2UL, 1UL), (state.Counts["repeated"], state.Counts["verdict"], state.Counts["foreign"]));
        Assert.Equal(later, Encoding.UTF8.GetString(DecisionEntry.Parse(Encoding.UTF8.GetBytes(later)).Bytes.Span));
    }

    [Fact]
    public async Task State_FromASnapshotAtAnySize_IsTheStateOfTheWholeFold()
    {
        var token = TestContext.Current.CancellationToken;
        var directory = _scratch.At("log");
        var log = new DecisionLog(directory);
        await using var writer = LogWriter.Create(directory, _key);
        for (var round = 0; round < 8; round++)
        {
            var entries = Enumerable.Range(round * 100, 100).Select(number => Random(number).Bytes).ToList();
            await writer.AppendAsync(entries, token);
            await writer.PublishAsync();
            var fromSnapshot = log.Read(_key.VerifierKey, cancellation: token);
            var whole = log.Read(_key.VerifierKey, useSnapshot: false, token);
            Assert.Equal(DecisionSnapshot.Write(whole, _key), DecisionSnapshot.Write(fromSnapshot, _key));
            log.Keep(fromSnapshot, _key);
        }
    }

    [Fact]
    public async Task Snapshot_ChangedForeignOrOfAnotherLog_IsDropped()
    {
        var token = TestContext.Current.CancellationToken;
        var directory = _scratch.At("log");
        await using (var writer = LogWriter.Create(directory, _key))
        {
            await writer.AppendAsync([.. Enumerable.Range(0, 50).Select(number => Random(number).Bytes)], token);
        }

        var reader = LogReader.Open(directory, _key.VerifierKey);
        var snapshot = DecisionSnapshot.Write(new DecisionLog(directory).Read(_key.VerifierKey, cancellation: token), _key);
        Assert.NotNull(DecisionSnapshot.Read(snapshot, _key.VerifierKey, RootAt));
        Assert.Null(DecisionSnapshot.Read(snapshot, _key.VerifierKey, static _ => Rfc6962.Empty));
        Assert.Null(DecisionSnapshot.Read(snapshot, _key.VerifierKey, static _ => null));
        using var other = TestKeys.Log(LogFiles.Origin, 9);
        Assert.Null(DecisionSnapshot.Read(snapshot, other.VerifierKey, RootAt));
        for (var at = 0; at < snapshot.Length; at += 7)
        {
            var changed = (byte[])snapshot.Clone();
            changed[at] ^= 1;
            Assert.Null(DecisionSnapshot.Read(changed, _key.VerifierKey, RootAt));
        }

        MerkleHash? RootAt(ulong size) => size <= reader.Size ? reader.RootAt(size) : null;
    }

    private static DecisionEntry Random(int number)
    {
        var kinds = new[] { EntryKind.Verdict, EntryKind.Override, EntryKind.CaseStep, EntryKind.Sighting };
        var kind = kinds[number * 31 % 7 % kinds.Length];
        var body = new JsonObject { ["verdict"] = $"v{number % 5}", ["step"] = $"s{number % 3}", ["lifted"] = number % 4 == 0 };
        var id = string.Create(CultureInfo.InvariantCulture, $"e-{number - (number % 10 == 9 ? 1 : 0)}");
        return Entry(id, kind, $"subject/{number % 13}", body);
    }

    private static DecisionEntry Entry(string id, EntryKind kind, string subject, JsonObject body) =>
        DecisionEntry.Create(id, kind, subject, "hunt", At, body);
}
