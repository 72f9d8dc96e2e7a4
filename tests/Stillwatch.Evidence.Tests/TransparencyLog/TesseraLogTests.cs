using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using Stillwatch.Evidence.Signing;
using Stillwatch.Evidence.Tests.Signing;
using Stillwatch.Evidence.TransparencyLog;

namespace Stillwatch.Evidence.Tests.TransparencyLog;

/// <summary>Tessera's published test log: 15 entries, 16 checkpoints, every tile and bundle.</summary>
public sealed class TesseraLogTests : IDisposable
{
    private static readonly string[] Entries =
    [
        "one", "two", "three", "four", "five", "six", "seven", "eit", "nain", "ten", "ileven", "twelf", "threeten", "fourten", "fivten",
    ];

    private readonly ScratchFolder _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task Log_OfTheSameEntriesAndKey_IsTheSameByteForByte()
    {
        var theirs = Extract();
        var ours = _scratch.At("ours");
        using var key = NoteSigningKey.Parse(TestKeys.Tessera);
        await using (var log = LogWriter.Create(ours, key, new() { KeepPartialTiles = true }))
        {
            AssertSame("checkpoint.0", "checkpoint");
            for (var i = 0; i < Entries.Length; i++)
            {
                Assert.Equal((ulong)i, await log.AppendAsync(Encoding.UTF8.GetBytes(Entries[i]), TestContext.Current.CancellationToken));
                await log.PublishAsync();
                AssertSame($"checkpoint.{i + 1}", "checkpoint");
            }
        }

        var tiles = Files(Path.Combine(theirs, "tile"));
        Assert.Equal(30, tiles.Count);
        Assert.Equal(tiles, Files(Path.Combine(ours, "tile")));
        Assert.All(tiles, name => AssertSame(Path.Combine("tile", name), Path.Combine("tile", name)));

        void AssertSame(string name, string ourName) =>
            Assert.Equal(File.ReadAllBytes(Path.Combine(theirs, name)), File.ReadAllBytes(Path.Combine(ours, ourName)));
    }

    [Fact]
    public void Fsck_OfTheirLog_FindsItWhole()
    {
        var key = NoteVerifierKey.Parse(TestKeys.TesseraVerifier);
        var report = LogFsck.Run(Extract(), key, cancellation: TestContext.Current.CancellationToken);
        Assert.True(report.IsWhole, string.Join(' ', report.Faults));
        Assert.Equal(15UL, report.Entries);
        Assert.Equal(30, report.Files);
    }

    [Fact]
    public async Task Writer_OnTheirLog_GoesOn()
    {
        var directory = Extract();
        using var key = NoteSigningKey.Parse(TestKeys.Tessera);
        await using (var log = LogWriter.Open(directory, key))
        {
            Assert.Equal(15UL, await log.AppendAsync("sixten"u8.ToArray(), TestContext.Current.CancellationToken));
        }

        Assert.True(LogFsck.Run(directory, key.VerifierKey, cancellation: TestContext.Current.CancellationToken).IsWhole);
        Assert.Equal("seven"u8.ToArray(), LogReader.Open(directory, key.VerifierKey).Entry(6).ToArray());
    }

    private string Extract()
    {
        using var archive = new GZipStream(File.OpenRead(SharedFolder.Data("merkle/tessera-log.tar.gz")), CompressionMode.Decompress);
        TarFile.ExtractToDirectory(archive, _scratch.Path, overwriteFiles: true);
        return _scratch.At("log");
    }

    private static List<string> Files(string directory) =>
        [.. Directory.EnumerateFiles(directory, "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(directory, path))
            .Order(StringComparer.Ordinal)];
}
