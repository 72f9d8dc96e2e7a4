using Stillwatch.Evidence.Merkle;
using Stillwatch.Evidence.Signing;
using Stillwatch.Evidence.Tests.Signing;
using Stillwatch.Evidence.TransparencyLog;
using Stillwatch.Evidence.TransparencyLog.Tiles;

namespace Stillwatch.Evidence.Tests.TransparencyLog;

public sealed class LogWriterTests : IDisposable
{
    private readonly ScratchFolder _scratch = new();
    private readonly NoteSigningKey _key = TestKeys.Log(LogFiles.Origin);

    public void Dispose()
    {
        _key.Dispose();
        _scratch.Dispose();
    }

    [Fact]
    public async Task Append_FromManyCallers_GivesEachItsOwnIndexAndKeepsAll()
    {
        const int Callers = 1500;
        (ulong Index, ReadOnlyMemory<byte> Entry)[] acknowledged;
        await using (var log = LogWriter.Create(_scratch.At("log"), _key))
        {
            acknowledged = await Task.WhenAll(Enumerable.Range(0, Callers).Select(async number =>
                (await log.AppendAsync(LogFiles.Entry(number)), LogFiles.Entry(number))));
        }

        Assert.Equal(Callers, acknowledged.Select(pair => pair.Index).Distinct().Count());
        LogFiles.AssertHolds(_scratch.At("log"), _key.VerifierKey, acknowledged, "1,500 callers");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(257)]
    [InlineData(511)]
    [InlineData(70_000)]
    public async Task Log_OfAnySize_IsWholeAndOpensAgain(int size)
    {
        var token = TestContext.Current.CancellationToken;
        await LogFiles.WriteAsync(_scratch.At("log"), _key, size);
        var reader = LogReader.Open(_scratch.At("log"), _key.VerifierKey);
        var range = new CompactRange();
        Assert.All(LogFiles.Entries(0, size), entry => range.Append(Rfc6962.Leaf(entry.Span)));
        Assert.Equal(range.Root, reader.Checkpoint.Checkpoint.Root);
        await using (var log = LogWriter.Open(_scratch.At("log"), _key))
        {
            Assert.Equal((ulong)size, await log.AppendAsync(LogFiles.Entries(size, 3), token));
        }

        var report = LogFsck.Run(_scratch.At("log"), _key.VerifierKey, cancellation: token);
        Assert.True(report.IsWhole, string.Join(' ', report.Faults));
        Assert.Equal((ulong)size + 3, report.Entries);
        Assert.True(MerkleVerifier.Consistency(
            (ulong)size,
            report.Entries,
            range.Root,
            report.Checkpoint!.Checkpoint.Root,
            LogReader.Open(_scratch.At("log"), _key.VerifierKey).ProveConsistency((ulong)size)));
    }

    [Fact]
    public async Task Tiles_OfASizeFromTheSpecification_AreThoseItNames()
    {
        await LogFiles.WriteAsync(_scratch.At("log"), _key, 70_000);
        string[] there = ["tile/0/272", "tile/0/273.p/112", "tile/1/000", "tile/1/001.p/17", "tile/2/000.p/1", "tile/entries/273.p/112"];
        Assert.All(there, path => Assert.True(File.Exists(_scratch.At("log", path)), path));
        string[] absent = ["tile/0/273", "tile/1/001", "tile/2/000", "tile/3", "tile/0/272.p", "tile/entries/272.p"];
        Assert.All(absent, path => Assert.False(Path.Exists(_scratch.At("log", path)), path));
    }

    [Fact]
    public async Task Writer_WhileAnotherWrites_IsRefusedAndMaySucceedIt()
    {
        await using (LogWriter.Create(_scratch.At("log"), _key))
        {
            var fault = Assert.Throws<LogBusyException>(() => LogWriter.Open(_scratch.At("log"), _key));
            Assert.Contains("another process writes here", fault.Message, StringComparison.Ordinal);
        }

        await LogWriter.Open(_scratch.At("log"), _key).DisposeAsync();
        Assert.Throws<InvalidDataException>(() => LogWriter.Create(_scratch.At("log"), _key));
    }

    [Fact]
    public async Task Reader_OpenBeforeAnAppend_StillReadsItsOwnTree()
    {
        var token = TestContext.Current.CancellationToken;
        await LogFiles.WriteAsync(_scratch.At("log"), _key, 300);
        var reader = LogReader.Open(_scratch.At("log"), _key.VerifierKey);
        await using (var log = LogWriter.Open(_scratch.At("log"), _key))
        {
            await log.AppendAsync(LogFiles.Entries(300, 700), token);
        }

        Assert.Equal(300UL, reader.Size);
        Assert.Equal(300, reader.Entries().Count());
        Assert.Equal(LogFiles.Entry(299).ToArray(), reader.Entry(299).ToArray());
    }

    [Fact]
    public async Task Append_WhatNoLogTakes_IsABrokenPromiseAndHarmsNothing()
    {
        var token = TestContext.Current.CancellationToken;
        await using var log = LogWriter.Create(_scratch.At("log"), _key, new() { MaxBatchEntries = 10 });
        await Assert.ThrowsAnyAsync<ArgumentException>(() => log.AppendAsync(new byte[EntryBundle.MaxEntryBytes + 1], token));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => log.AppendAsync([], token));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => log.AppendAsync(LogFiles.Entries(0, 11), token));
        Assert.Equal(0UL, await log.AppendAsync(new byte[EntryBundle.MaxEntryBytes], token));
        Assert.Equal(1UL, await log.AppendAsync(Array.Empty<byte>(), token));
    }

    [Fact]
    public async Task Open_WithAnotherKeyOrDamagedEdge_IsRefused()
    {
        await LogFiles.WriteAsync(_scratch.At("log"), _key, 300);
        using var other = TestKeys.Log(LogFiles.Origin, 9);
        Assert.Throws<InvalidDataException>(() => LogWriter.Open(_scratch.At("log"), other));
        Assert.Throws<InvalidDataException>(() => LogReader.Open(_scratch.At("log"), other.VerifierKey));
        Assert.Throws<InvalidDataException>(() => LogReader.Open(_scratch.At("none"), _key.VerifierKey));
        var edge = _scratch.At("log", "tile/entries/001.p/44");
        var bytes = await File.ReadAllBytesAsync(edge, TestContext.Current.CancellationToken);
        bytes[^1] ^= 1;
        await File.WriteAllBytesAsync(edge, bytes, TestContext.Current.CancellationToken);
        Assert.Throws<InvalidDataException>(() => LogWriter.Open(_scratch.At("log"), _key));
    }
}
