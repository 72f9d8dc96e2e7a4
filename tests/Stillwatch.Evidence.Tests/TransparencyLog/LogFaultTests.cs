using System.Globalization;
using Stillwatch.Evidence.Signing;
using Stillwatch.Evidence.Storage;
using Stillwatch.Evidence.Tests.Signing;
using Stillwatch.Evidence.TransparencyLog;

namespace Stillwatch.Evidence.Tests.TransparencyLog;

/// <summary>Whatever the disk does: the log that is opened afterwards is whole, and holds what was acknowledged.</summary>
public sealed class LogFaultTests : IDisposable
{
    /// <summary>Batches that make partial tiles, complete them, and go on; after some of them the log is published.</summary>
    private static readonly (int Entries, bool IsPublished)[] Batches =
        [(3, true), (250, false), (5, true), (300, false), (1, false), (4, true), (2, false)];

    /// <summary>Publishes when it is told to, and in the end, so that every run makes the same operations.</summary>
    private static readonly LogOptions Told = new() { PublishAfter = TimeSpan.FromHours(1) };

    private readonly ScratchFolder _scratch = ScratchFolder.InMemory();
    private readonly NoteSigningKey _key = TestKeys.Log(LogFiles.Origin);

    public void Dispose()
    {
        _key.Dispose();
        _scratch.Dispose();
    }

    [Theory]
    [InlineData(FileFault.Undone)]
    [InlineData(FileFault.Torn)]
    [InlineData(FileFault.Done)]
    public async Task Log_EveryFileOperationFailingOnce_LosesNothingAcknowledged(FileFault fault)
    {
        var failed = new List<string>();
        for (var operation = 1; ; operation++)
        {
            var files = new FaultyFiles(operation, fault);
            var directory = _scratch.At(string.Create(CultureInfo.InvariantCulture, $"{fault}-{operation}"));
            var acknowledged = await WriteAsync(directory, files);
            if (files.Failed is null)
            {
                Assert.Equal(Batches.Sum(batch => batch.Entries), acknowledged.Count);
                break;
            }

            failed.Add(files.Failed);
            await GoOnAsync(directory, acknowledged, $"{fault}, operation {operation}, {files.Failed}");
            Directory.Delete(directory, recursive: true);
        }

        string[] kinds = ["mkdir", "write", "pwrite", "rename", "fsync", "unlink", "rmdir", "read", "list", "stat"];
        Assert.All(kinds, kind => Assert.Contains(failed, what => what.StartsWith(kind, StringComparison.Ordinal)));
        Assert.True(failed.Count > 60, $"Only {failed.Count} operations failed.");
    }

    [Fact]
    public async Task Log_PowerLostAtAnyMoment_LosesNothingAcknowledgedAndTakesNoCheckpointBack()
    {
        const int Seed = 4711;
        var random = new Random(Seed);
        var (off, torn) = (0, 0);
        for (var operation = 1; ; operation++)
        {
            var files = new PowerLossFiles(operation, random);
            var directory = _scratch.At(string.Create(CultureInfo.InvariantCulture, $"power-{operation}"));
            var acknowledged = await WriteAsync(directory, files);
            if (!files.IsOff)
            {
                break;
            }

            off++;
            torn += files.Torn;
            files.LosePower();
            var what = $"seed {Seed}, operation {operation}";
            await GoOnAsync(directory, acknowledged, what);
            AssertShownStands(directory, files, what);
            Directory.Delete(directory, recursive: true);
        }

        Assert.True(off > 60, $"The power went only {off} times.");
        Assert.Equal(Batches.Length, torn);
    }

    [Fact]
    public async Task Writer_AfterAFailedWrite_TakesNothingMore()
    {
        var token = TestContext.Current.CancellationToken;
        await LogFiles.WriteAsync(_scratch.At("log"), _key, 1);
        var files = new FaultyFiles(60, FileFault.Undone);
        await using var log = LogWriter.Open(_scratch.At("log"), _key, new() { PublishAfter = TimeSpan.Zero }, files);
        var stopped = await Assert.ThrowsAsync<LogStoppedException>(async () =>
        {
            for (var number = 1; number < 60; number++)
            {
                await log.AppendAsync(LogFiles.Entry(number), token);
            }
        });
        Assert.Contains("planted", stopped.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<LogStoppedException>(() => log.AppendAsync(LogFiles.Entry(2), token));
    }

    /// <summary>Makes a log until something fails; what was acknowledged.</summary>
    private async Task<List<(ulong Index, ReadOnlyMemory<byte> Entry)>> WriteAsync(string directory, IFileOperations files)
    {
        var acknowledged = new List<(ulong, ReadOnlyMemory<byte>)>();
        try
        {
            await using var log = LogWriter.Create(directory, _key, Told, files);
            foreach (var (count, isPublished) in Batches)
            {
                var entries = LogFiles.Entries(acknowledged.Count, count);
                var first = await log.AppendAsync(entries);
                acknowledged.AddRange(entries.Select((entry, i) => (first + (ulong)i, entry)));
                if (isPublished)
                {
                    await log.PublishAsync();
                }
            }
        }
        catch (IOException)
        {
        }

        return acknowledged;
    }

    /// <summary>Opens the log on a disk that works, or makes it if it never came to be, and appends.</summary>
    private async Task GoOnAsync(string directory, List<(ulong Index, ReadOnlyMemory<byte> Entry)> acknowledged, string what)
    {
        LogWriter log;
        try
        {
            log = LogWriter.Open(directory, _key);
        }
        catch (InvalidDataException absent) when (acknowledged.Count == 0)
        {
            Assert.Contains("holds no log", absent.Message, StringComparison.Ordinal);
            log = LogWriter.Create(directory, _key);
        }

        await using (log)
        {
            LogFiles.AssertHolds(directory, _key.VerifierKey, acknowledged, what);
            acknowledged.Add((await log.AppendAsync(LogFiles.Entry(9999)), LogFiles.Entry(9999)));
            acknowledged.Add((await log.AppendAsync(LogFiles.Entry(9998)), LogFiles.Entry(9998)));
        }

        LogFiles.AssertHolds(directory, _key.VerifierKey, acknowledged, what);
    }

    /// <summary>Every checkpoint that a reader may have seen is of a tree that the log still begins with.</summary>
    private void AssertShownStands(string directory, PowerLossFiles files, string what)
    {
        var reader = LogReader.Open(directory, _key.VerifierKey);
        foreach (var seen in files.Shown(Path.Combine(directory, "checkpoint")))
        {
            var checkpoint = SignedCheckpoint.Open(seen, _key.VerifierKey).Checkpoint;
            Assert.True(checkpoint.Size <= reader.Size, $"{what}: size {checkpoint.Size} was shown, {reader.Size} is there.");
            Assert.Equal(checkpoint.Root, reader.RootAt(checkpoint.Size));
        }
    }
}
