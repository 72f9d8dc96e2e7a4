using Stillwatch.Campaigns;
using Stillwatch.Evidence.Cases;
using Stillwatch.Evidence.Decisions;
using Stillwatch.Evidence.Merkle;
using Stillwatch.Evidence.Storage;
using Stillwatch.Evidence.Tests.Signing;
using Stillwatch.Evidence.Tests.TransparencyLog;
using Stillwatch.Evidence.TransparencyLog;

namespace Stillwatch.Evidence.Tests.Cases;

/// <summary>Cases among thousands of other entries: the fold goes on from a snapshot, and never from one that is not the log's.</summary>
public sealed class CaseLogTests
{
    private const int Others = 3000;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Read_AfterASnapshot_ReadsOnlyWhatCameAfterAndGivesTheSame()
    {
        using var fixture = await WriteAsync();
        var snapshot = fixture.At("log", ".stillwatch", "cases.snapshot");
        Assert.True(File.Exists(snapshot));
        var disk = new CountingFiles();
        var book = new CaseLog(fixture.Log, disk).Read(fixture.Key.VerifierKey, Token);
        Assert.Equal(Describe(Whole(fixture)), Describe(book));
        Assert.InRange(disk.BundlesRead, 1, 2);
        File.Delete(snapshot);
        var whole = new CountingFiles();
        Assert.Equal(Describe(book), Describe(new CaseLog(fixture.Log, whole).Read(fixture.Key.VerifierKey, Token)));
        Assert.True(whole.BundlesRead > Others / 256);
    }

    [Fact]
    public async Task Snapshot_ChangedStaleForeignOrOfAnotherHistory_IsNeverBelieved()
    {
        using var fixture = await WriteAsync();
        var path = fixture.At("log", ".stillwatch", "cases.snapshot");
        var snapshot = await File.ReadAllBytesAsync(path, Token);
        var expected = Describe(Whole(fixture));
        for (var at = 0; at < snapshot.Length; at += Math.Max(1, snapshot.Length / 40))
        {
            var changed = (byte[])snapshot.Clone();
            changed[at] ^= 1;
            await File.WriteAllBytesAsync(path, changed, Token);
            Assert.Equal(expected, Describe(fixture.Book()));
        }

        await File.WriteAllBytesAsync(path, [], Token);
        Assert.Equal(expected, Describe(fixture.Book()));
        using var otherKey = TestKeys.Log(LogFiles.Origin, 9);
        var log = LogReader.Open(fixture.Log, fixture.Key.VerifierKey);
        var content = """{"Edge":[],"Entries":[]}"""u8.ToArray();
        (string Name, ulong Size, MerkleHash Root, bool IsOurs)[] forgeries =
        [
            ("case", 8, log.RootAt(8), false),
            ("case", 8, log.RootAt(9), true),
            ("case", log.Size + 1, log.RootAt(8), true),
            ("decision", 8, log.RootAt(8), true),
            ("case", 8, log.RootAt(8), true),
        ];
        foreach (var (name, size, root, isOurs) in forgeries)
        {
            var forged = SignedSnapshot.Seal(name, size, root, content, isOurs ? fixture.Key : otherKey);
            await File.WriteAllBytesAsync(path, forged, Token);
            Assert.Equal(expected, Describe(fixture.Book()));
        }
    }

    private static CaseBook Whole(CaseFixture fixture)
    {
        var book = new CaseBook();
        foreach (var (index, entry) in LogReader.Open(fixture.Log, fixture.Key.VerifierKey).Entries())
        {
            book.Apply(index, entry);
        }

        return book;
    }

    private static string Describe(CaseBook book) => string.Join('\n', book.Cases.Values.Select(state =>
        $"{state.Number} {state.Status} {state.Verdict} {string.Join(',', state.Entries.Select(entry => $"{entry.Index}:{entry.Step}"))}"))
        + $"\n{book.Policy.Digest} {string.Join(',', book.Erased)} {book.Refused}";

    private static async Task<CaseFixture> WriteAsync()
    {
        var fixture = await CaseFixture.CreateAsync();
        await using (var desk = await fixture.DeskAsync())
        {
            await CaseFixture.OpenAsync(desk);
            await desk.DecideAsync(1, CaseFixture.Kim, new(Consequence.Restrict, "One operator."), Token);
            await desk.EraseAsync(new("alpha"), CaseFixture.Kim, "On request.", Token);
        }

        await using (var log = LogWriter.Open(fixture.Log, fixture.Key))
        {
            await log.AppendAsync(LogFiles.Entries(0, Others), Token);
        }

        await using (var desk = await fixture.DeskAsync())
        {
            await desk.NoteAsync(1, CaseFixture.Kim, "After the others.", Token);
        }

        return fixture;
    }

    /// <summary>The disk, which counts bundles of entries that are read.</summary>
    private sealed class CountingFiles : IFileOperations
    {
        public int BundlesRead { get; private set; }

        public byte[]? Read(string path, int maxBytes)
        {
            BundlesRead += path.Contains("/tile/entries/", StringComparison.Ordinal) ? 1 : 0;
            return DiskFiles.Instance.Read(path, maxBytes);
        }

        public IReadOnlyList<string> List(string directory) => DiskFiles.Instance.List(directory);

        public bool DirectoryExists(string path) => DiskFiles.Instance.DirectoryExists(path);

        public long? Length(string path) => DiskFiles.Instance.Length(path);

        public void CreateDirectory(string path) => throw new NotSupportedException();

        public void Write(string path, ReadOnlySpan<byte> content) => throw new NotSupportedException();

        public void WriteAt(string path, long offset, ReadOnlySpan<byte> content) => throw new NotSupportedException();

        public void Rename(string path, string newPath) => throw new NotSupportedException();

        public void FlushDirectory(string path) => throw new NotSupportedException();

        public void Delete(string path) => throw new NotSupportedException();

        public void DeleteDirectory(string path) => throw new NotSupportedException();
    }
}
