using Stillwatch.Evidence.Cases;

namespace Stillwatch.Evidence.Tests.Cases;

public sealed class CaseVaultTests : IDisposable
{
    private readonly ScratchFolder _scratch = ScratchFolder.InMemory();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void Content_ReadsBackUntilItsKeyIsDestroyed()
    {
        var vault = new CaseVault(_scratch.At("cases"));
        var content = CaseContent.Text("kim", "what was said");
        vault.CreateKey(1);
        vault.Put(1, content);
        Assert.Equal(content.Bytes.ToArray(), new CaseVault(_scratch.At("cases")).Get(1, content.Digest).Bytes.ToArray());
        vault.Destroy(1);
        vault.Destroy(1);
        var fault = Assert.Throws<InvalidDataException>(() => vault.Get(1, content.Digest));
        Assert.Contains("was deleted", fault.Message, StringComparison.Ordinal);
    }

    /// <summary>
    /// Copies of the encrypted files that outlive a deletion are of no use: not even the same number's next key opens them.
    /// </summary>
    [Fact]
    public void Ciphertext_ThatOutlivesItsKey_StaysUnreadable()
    {
        var vault = new CaseVault(_scratch.At("cases"));
        var content = CaseContent.Text("kim", "what was said");
        vault.CreateKey(1);
        vault.Put(1, content);
        var path = _scratch.At("cases", "content", "1", content.Digest);
        var copy = File.ReadAllBytes(path);
        vault.Destroy(1);
        vault.CreateKey(1);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, copy);
        Assert.Throws<InvalidDataException>(() => vault.Get(1, content.Digest));
    }

    [Fact]
    public void Content_ChangedAnywhere_IsRefused()
    {
        var vault = new CaseVault(_scratch.At("cases"));
        var content = CaseContent.Text("kim", "what was said");
        vault.CreateKey(1);
        vault.Put(1, content);
        var path = _scratch.At("cases", "content", "1", content.Digest);
        var bytes = File.ReadAllBytes(path);
        for (var at = 4; at < bytes.Length; at++)
        {
            bytes[at] ^= 1;
            File.WriteAllBytes(path, bytes);
            Assert.Throws<InvalidDataException>(() => vault.Get(1, content.Digest));
            bytes[at] ^= 1;
        }
    }

    [Fact]
    public void Key_ThatOthersMayRead_IsRefusedWithoutItsContent()
    {
        var vault = new CaseVault(_scratch.At("cases"));
        _ = Pseudonyms.OpenOrCreate(vault.PseudonymKeyPath);
        File.SetUnixFileMode(vault.PseudonymKeyPath, UnixFileMode.UserRead | UnixFileMode.GroupRead);
        Assert.Contains("chmod 600", Assert.Throws<InvalidDataException>(() => Pseudonyms.OpenOrCreate(vault.PseudonymKeyPath)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Pseudonyms_AreStableUnderOneKeyAndUnrelatedUnderAnother()
    {
        var one = Pseudonyms.OpenOrCreate(_scratch.At("one.key"));
        var again = Pseudonyms.OpenOrCreate(_scratch.At("one.key"));
        var other = Pseudonyms.OpenOrCreate(_scratch.At("other.key"));
        Assert.Equal(one.Of(new("alpha")), again.Of(new("alpha")));
        Assert.NotEqual(one.Of(new("alpha")), other.Of(new("alpha")));
        Assert.NotEqual(one.Of(new("alpha")), one.Of(new("alphb")));
        Assert.Matches("^acct-[0-9a-f]{32}$", one.Of(new("alpha")));
    }

    [Theory]
    [InlineData("alpha pays.", "{0} pays.")]
    [InlineData("Paid by (alpha), alpha.", "Paid by ({0}), {0}.")]
    [InlineData("alphabet", "alphabet")]
    [InlineData("Mr. gamma one, too", "Mr. {1}, too")]
    [InlineData("", "")]
    public void Names_InSentences_AreReplacedAsWords(string text, string expected)
    {
        var pseudonyms = Pseudonyms.OpenOrCreate(_scratch.At("key"));
        var names = new AccountNames([new("alpha"), new("gamma one")], pseudonyms);
        Assert.Equal(
            string.Format(
                System.Globalization.CultureInfo.InvariantCulture, expected, pseudonyms.Of(new("alpha")), pseudonyms.Of(new("gamma one"))),
            names.Replace(text));
    }
}
