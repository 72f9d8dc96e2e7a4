using System.Buffers.Binary;
using Stillwatch.Evidence.Signing;
using Stillwatch.Evidence.Tests.Signing;
using Stillwatch.Evidence.TransparencyLog;
using Stillwatch.Evidence.TransparencyLog.Tiles;

namespace Stillwatch.Evidence.Tests.TransparencyLog;

/// <summary>What a killed writer had acknowledged and not published, as its files are copied while it is at work.</summary>
public sealed class JournalTests : IDisposable
{
    private static readonly int[] Batches = [3, 250, 40];

    private readonly ScratchFolder _scratch = ScratchFolder.InMemory();
    private readonly NoteSigningKey _key = TestKeys.Log(LogFiles.Origin);

    private string Copy => _scratch.At("copy");

    private string Journal => Path.Combine(Copy, ".stillwatch", "journal.0");

    public void Dispose()
    {
        _key.Dispose();
        _scratch.Dispose();
    }

    [Fact]
    public async Task Open_AfterAKill_PublishesWhatWasAcknowledged()
    {
        await CopyAtWorkAsync(_key);
        var report = LogFsck.Run(Copy, _key.VerifierKey, cancellation: TestContext.Current.CancellationToken);
        Assert.True(report.IsWhole);
        Assert.Equal((0UL, (ulong)Batches.Sum()), (report.Entries, report.Unpublished));
        await AssertHoldsAsync(Batches.Sum());
        report = LogFsck.Run(Copy, _key.VerifierKey, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(0UL, report.Unpublished);
    }

    /// <summary>As a write leaves it that never ended: nobody was told of that batch.</summary>
    [Fact]
    public async Task Open_WithATornLastRecord_KeepsTheBatchesBefore()
    {
        await CopyAtWorkAsync(_key);
        Flip(Records()[2].Start + 100);
        await AssertHoldsAsync(Batches[0] + Batches[1]);
    }

    [Fact]
    public async Task Open_WithARottenRecordInTheMiddle_IsRefused()
    {
        await CopyAtWorkAsync(_key);
        Flip(Records()[1].Start + 100);
        var fault = Assert.Throws<InvalidDataException>(() => LogWriter.Open(Copy, _key));
        Assert.Contains("acknowledged entries are missing", fault.Message, StringComparison.Ordinal);
    }

    /// <summary>Nobody gets an entry signed by writing it into the journal.</summary>
    [Fact]
    public async Task Open_WithRecordsOfAnotherKey_TakesNothingOfThem()
    {
        using var other = TestKeys.Log(LogFiles.Origin, 9);
        await CopyAtWorkAsync(other);
        var planted = await File.ReadAllBytesAsync(Journal, TestContext.Current.CancellationToken);
        Directory.Delete(Copy, recursive: true);
        await LogWriter.Create(Copy, _key).DisposeAsync();
        await File.WriteAllBytesAsync(Journal, planted, TestContext.Current.CancellationToken);
        await AssertHoldsAsync(0);
    }

    [Fact]
    public async Task Append_OfMoreThanTheJournalBeginsWith_IsThereAfterAKill()
    {
        var token = TestContext.Current.CancellationToken;
        var large = new byte[EntryBundle.MaxEntryBytes];
        await using (var log = LogWriter.Create(_scratch.At("log"), _key, new() { PublishAfter = TimeSpan.FromHours(1) }))
        {
            await log.AppendAsync([.. Enumerable.Repeat((ReadOnlyMemory<byte>)large, 40)], token);
            CopyDirectory(_scratch.At("log"), Copy);
        }

        await using (LogWriter.Open(Copy, _key))
        {
            Assert.Equal(40UL, LogReader.Open(Copy, _key.VerifierKey).Size);
        }

        Assert.Equal(1 << 20, new FileInfo(Journal).Length);
    }

    private async Task CopyAtWorkAsync(NoteSigningKey key)
    {
        await using var log = LogWriter.Create(_scratch.At("log"), key, new() { PublishAfter = TimeSpan.FromHours(1) });
        foreach (var (place, count) in Batches.Index())
        {
            await log.AppendAsync(LogFiles.Entries(Batches.Take(place).Sum(), count), TestContext.Current.CancellationToken);
        }

        CopyDirectory(_scratch.At("log"), Copy);
    }

    private async Task AssertHoldsAsync(int entries)
    {
        await using (var log = LogWriter.Open(Copy, _key))
        {
            var there = LogFiles.Entries(0, entries).Select((entry, index) => ((ulong)index, entry)).ToList();
            LogFiles.AssertHolds(Copy, _key.VerifierKey, there, "after the kill");
            Assert.Equal((ulong)entries, log.Size);
            Assert.Equal((ulong)entries, await log.AppendAsync(LogFiles.Entry(entries), TestContext.Current.CancellationToken));
        }

        Assert.Equal((ulong)entries + 1, LogReader.Open(Copy, _key.VerifierKey).Size);
    }

    /// <summary>Where the records of the journal are, by their lengths.</summary>
    private List<(int Start, int Length)> Records()
    {
        var bytes = File.ReadAllBytes(Journal);
        var records = new List<(int, int)>();
        for (var at = 0; BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(at)) is > 0 and var payload;)
        {
            records.Add((at, (int)payload + 36));
            at += (int)payload + 36;
        }

        Assert.Equal(Batches.Length, records.Count);
        return records;
    }

    private void Flip(int offset)
    {
        var bytes = File.ReadAllBytes(Journal);
        bytes[offset] ^= 1;
        File.WriteAllBytes(Journal, bytes);
    }

    private static void CopyDirectory(string from, string to)
    {
        var files = Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories);
        foreach (var file in files.Where(static path => Path.GetFileName(path) != "lock"))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}
