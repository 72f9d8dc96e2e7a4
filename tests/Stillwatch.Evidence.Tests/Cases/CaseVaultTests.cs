using Stillwatch.Evidence.Cases;
using Stillwatch.Interactions;

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
        var one = Assign("one", "alpha", "alphb");
        var again = Pseudonyms.OpenOrCreate(At("one"));
        var other = Assign("other", "alpha");
        Assert.Equal(one["alpha"], again.Find(new("alpha")));
        Assert.NotEqual(one["alpha"], other["alpha"]);
        Assert.NotEqual(one["alpha"], one["alphb"]);
        Assert.Null(again.Find(new("alphc")));
        Assert.Matches("^acct-[0-9a-f]{32}$", one["alpha"]);
    }

    /// <summary>Once a secret is destroyed, neither files nor whoever has them can make the pseudonym again.</summary>
    [Fact]
    public void Pseudonym_Forgotten_IsNeverFoundAgainAndAnotherIsGiven()
    {
        var pseudonyms = Assign("one", "alpha", "beta");
        var before = File.ReadAllBytes(Path.Combine(Path.GetDirectoryName(At("one"))!, "accounts.keys"));
        Pseudonyms.OpenOrCreate(At("one")).Forget(pseudonyms["alpha"]);
        Pseudonyms.OpenOrCreate(At("one")).Forget(pseudonyms["alpha"]);
        var after = File.ReadAllBytes(Path.Combine(Path.GetDirectoryName(At("one"))!, "accounts.keys"));
        Assert.Equal(before.Length, after.Length);
        Assert.Equal(new byte[64], after[..64]);
        Assert.Equal(before[64..], after[64..]);
        var opened = Pseudonyms.OpenOrCreate(At("one"));
        Assert.Null(opened.Find(new("alpha")));
        Assert.Equal(pseudonyms["beta"], opened.Find(new("beta")));
        Assert.NotEqual(pseudonyms["alpha"], Assign("one", "alpha")["alpha"]);
    }

    [Fact]
    public void Secrets_OfAccountsMissing_AreNotSilentlyMadeAnew()
    {
        Assign("one", "alpha");
        File.Delete(Path.Combine(Path.GetDirectoryName(At("one"))!, "accounts.keys"));
        var fault = Assert.Throws<InvalidDataException>(() => Pseudonyms.OpenOrCreate(At("one")));
        Assert.Contains("accounts.keys is missing", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("alpha pays.", "{0} pays.")]
    [InlineData("Paid by (alpha), alpha.", "Paid by ({0}), {0}.")]
    [InlineData("alphabet", "alphabet")]
    [InlineData("Mr. gamma one, too", "Mr. {1}, too")]
    [InlineData("", "")]
    public void Names_InSentences_AreReplacedAsWords(string text, string expected)
    {
        var names = new AccountNames([new("alpha"), new("gamma one")], Pseudonyms.OpenOrCreate(_scratch.At("key")));
        Assert.Equal(
            string.Format(
                System.Globalization.CultureInfo.InvariantCulture, expected, names.ByAccount["alpha"], names.ByAccount["gamma one"]),
            names.Replace(text));
    }

    private string At(string folder)
    {
        Directory.CreateDirectory(_scratch.At(folder));
        return _scratch.At(folder, "pseudonym.key");
    }

    private IReadOnlyDictionary<string, string> Assign(string folder, params string[] accounts) =>
        new AccountNames(accounts.Select(name => new AccountId(name)), Pseudonyms.OpenOrCreate(At(folder))).ByAccount;
}
