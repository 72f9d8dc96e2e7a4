using System.IO.Compression;
using System.Text;
using Stillwatch.Evidence.Dossiers;

namespace Stillwatch.Evidence.Tests.Dossiers;

/// <summary>Dossiers that were made to do harm: refused with a sentence, before anything large is read.</summary>
public sealed class HostileDossierTests : IDisposable
{
    private readonly ScratchFolder _scratch = ScratchFolder.InMemory();

    public void Dispose() => _scratch.Dispose();

    [Theory]
    [InlineData("../evil")]
    [InlineData("a/../../evil")]
    [InlineData("/etc/evil")]
    [InlineData("a\\..\\evil")]
    [InlineData("C:evil")]
    [InlineData(".hidden")]
    [InlineData("a//b")]
    [InlineData("a/b/c/d/e")]
    [InlineData("a\nb")]
    [InlineData("")]
    [InlineData("\u202Ea")]
    public void Names_ThatCouldDoHarm_AreRefused(string name)
    {
        Assert.Throws<InvalidDataException>(() => new DossierFiles().Add(name, []));
        Assert.Throws<InvalidDataException>(() => StoredZip.Read(Zip(CompressionLevel.NoCompression, (name, [1]))));
    }

    [Fact]
    public void Names_ThatComeTwice_AreRefused()
    {
        var zip = Zip(CompressionLevel.NoCompression, ("a", [1]), ("a", [2]));
        var fault = Assert.Throws<InvalidDataException>(() => StoredZip.Read(zip));
        Assert.Contains("two files with the name 'a'", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Zip_ThatExpands_IsRefusedUnexpanded()
    {
        var bomb = Zip(CompressionLevel.SmallestSize, ("a", new byte[50_000_000]));
        Assert.True(bomb.Length < 100_000);
        var fault = Assert.Throws<InvalidDataException>(() => StoredZip.Read(bomb));
        Assert.Contains("no zip file as", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Zip_WithMoreThanItsFiles_IsRefused()
    {
        var files = new DossierFiles();
        files.Add("a", [1, 2, 3]);
        var zip = StoredZip.Write(files);
        Assert.Throws<InvalidDataException>(() => StoredZip.Read([.. zip, 0]));
        Assert.Throws<InvalidDataException>(() => StoredZip.Read([0, .. zip]));
        Assert.All(
            Enumerable.Range(0, zip.Length),
            length => Assert.Throws<InvalidDataException>(() => StoredZip.Read(zip.AsSpan(0, length))));
    }

    [Fact]
    public void Zip_AsWritten_IsReadByAnotherProgram()
    {
        var files = new DossierFiles();
        files.Add("a/b.txt", "content"u8.ToArray());
        files.Add("c", []);
        using var archive = new ZipArchive(new MemoryStream(StoredZip.Write(files)), ZipArchiveMode.Read);
        Assert.Equal(["a/b.txt", "c"], archive.Entries.Select(entry => entry.FullName));
        using var reader = new StreamReader(archive.Entries[0].Open(), Encoding.UTF8);
        Assert.Equal("content", reader.ReadToEnd());
    }

    [Fact]
    public void Folder_WithAGiantFile_IsRefusedUnread()
    {
        Directory.CreateDirectory(_scratch.At("d"));
        using (var file = File.Create(_scratch.At("d", "SHA256SUMS")))
        {
            file.SetLength(1L << 40);
        }

        var fault = Assert.Throws<InvalidDataException>(() => DossierFiles.Read(_scratch.At("d")));
        Assert.Contains("too large at 'SHA256SUMS'", fault.Message, StringComparison.Ordinal);
        File.Move(_scratch.At("d", "SHA256SUMS"), _scratch.At("giant.zip"));
        Assert.Throws<InvalidDataException>(() => DossierFiles.Read(_scratch.At("giant.zip")));
    }

    [Fact]
    public void Folder_WithALink_IsRefused()
    {
        Directory.CreateDirectory(_scratch.At("d"));
        File.CreateSymbolicLink(_scratch.At("d", "a"), "/etc/hostname");
        var fault = Assert.Throws<InvalidDataException>(() => DossierFiles.Read(_scratch.At("d")));
        Assert.Contains("has a link", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Files_BeyondTheBounds_AreRefused()
    {
        var files = new DossierFiles();
        var large = new byte[DossierFiles.MaxFileBytes];
        for (var i = 0; i < DossierFiles.MaxBytes / DossierFiles.MaxFileBytes; i++)
        {
            files.Add($"f{i}", large);
        }

        Assert.Throws<InvalidDataException>(() => files.Add("one-more", [1]));
    }

    private static byte[] Zip(CompressionLevel level, params (string Name, byte[] Content)[] files)
    {
        using var zip = new MemoryStream();
        using (var archive = new ZipArchive(zip, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in files)
            {
                using var stream = archive.CreateEntry(name.Length == 0 ? "?" : name, level).Open();
                stream.Write(content);
            }
        }

        return zip.ToArray();
    }
}
