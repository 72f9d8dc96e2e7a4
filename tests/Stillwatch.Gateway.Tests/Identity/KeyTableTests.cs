using System.Security.Cryptography;
using Stillwatch.Gateway.Identity;

namespace Stillwatch.Gateway.Tests.Identity;

public sealed class KeyTableTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 11, 28, 12, 0, 0, TimeSpan.Zero);

    private readonly ScratchFolder _folder = new();
    private readonly SteppedTime _time = new(Now);

    private string Path => _folder.At("keys.json");

    private KeyIssuer Issuer => new(Path, _time);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Key_ThatWasMade_IsAcceptedAndNowhereKept()
    {
        var (made, text) = Issuer.Create(New("alice"));
        var (status, key) = Authenticate(text);
        Assert.Equal(KeyStatus.Accepted, status);
        Assert.Equal("alice", key!.Account);
        Assert.Equal(made.Id, key.Id);
        var file = File.ReadAllText(Path);
        Assert.DoesNotContain(text, file, StringComparison.Ordinal);
        Assert.DoesNotContain(text[16..], file, StringComparison.Ordinal);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path));
    }

    [Fact]
    public void Key_WithAnyCharacterChanged_IsRefused()
    {
        var (_, text) = Issuer.Create(New("alice"));
        var table = new KeyTable(KeyFile.Load(Path));
        for (var i = 0; i < text.Length; i++)
        {
            var changed = text.ToCharArray();
            changed[i] = changed[i] == 'a' ? 'b' : 'a';
            Assert.NotEqual(KeyStatus.Accepted, table.Authenticate(changed, Now, out var key));
            Assert.Null(key);
        }

        Assert.Equal(KeyStatus.Missing, table.Authenticate("", Now, out _));
        Assert.Equal(KeyStatus.Malformed, table.Authenticate(text + "x", Now, out _));
        Assert.Equal(KeyStatus.Malformed, table.Authenticate(text[..^1] + "ä", Now, out _));
    }

    [Fact]
    public void Rotation_WithinTheOverlap_AcceptsBothSecrets()
    {
        var (made, first) = Issuer.Create(New("alice"));
        var second = Issuer.Rotate(made.Id, TimeSpan.FromHours(1));
        Assert.Equal(KeyStatus.Accepted, Authenticate(first).Status);
        Assert.Equal(KeyStatus.Accepted, Authenticate(second).Status);
        _time.Now += TimeSpan.FromHours(1);
        Assert.Equal(KeyStatus.Expired, Authenticate(first).Status);
        Assert.Equal(KeyStatus.Accepted, Authenticate(second).Status);
        var third = Issuer.Rotate(made.Id, TimeSpan.FromHours(1));
        var fourth = Issuer.Rotate(made.Id, TimeSpan.FromHours(1));
        Assert.Equal(KeyStatus.Unknown, Authenticate(second).Status);
        Assert.Equal(KeyStatus.Accepted, Authenticate(third).Status);
        Assert.Equal(KeyStatus.Accepted, Authenticate(fourth).Status);
    }

    [Fact]
    public void Key_RevokedOrPastItsTime_IsRefused()
    {
        var (made, text) = Issuer.Create(New("alice"));
        var (_, brief) = Issuer.Create(New("bob") with { Expires = Now + TimeSpan.FromMinutes(1) });
        Assert.Equal(KeyStatus.Accepted, Authenticate(brief).Status);
        _time.Now += TimeSpan.FromMinutes(1);
        Assert.Equal(KeyStatus.Expired, Authenticate(brief).Status);
        Issuer.Revoke(made.Id);
        Assert.Equal(KeyStatus.Revoked, Authenticate(text).Status);
        Assert.Throws<InvalidDataException>(() => Issuer.Revoke(made.Id));
        Assert.Throws<InvalidDataException>(() => Issuer.Rotate("nobody", TimeSpan.Zero));
    }

    [Theory]
    [InlineData("gpt-*", "gpt-4", true)]
    [InlineData("gpt-*", "opt-4", false)]
    [InlineData("gpt-4", "gpt-4", true)]
    [InlineData("gpt-4", "gpt-4o", false)]
    [InlineData("*", "anything", true)]
    public void Scope_OfModels_AllowsWhatItNames(string scope, string model, bool allowed) =>
        Assert.Equal(allowed, (New("a") with { Models = [scope] }).AllowsModel(model));

    [Fact]
    public async Task Creation_FromManyThreads_LosesNoKey()
    {
        await Parallel.ForEachAsync(Enumerable.Range(0, 24), TestContext.Current.CancellationToken, (i, _) =>
        {
            Issuer.Create(New($"account-{i}"));
            return ValueTask.CompletedTask;
        });
        Assert.Equal(24, KeyFile.Load(Path).Select(key => key.Account).Distinct().Count());
    }

    [Theory]
    [InlineData("""{"keys":[{"id":"a","account":"x","secrets":[{"sha256":"12","created":"2026-01-01T00:00:00Z"}]}]}""", "SHA-256")]
    [InlineData("""{"keys":[{"id":"a","account":"x"},{"id":"a","account":"y"}]}""", "twice")]
    [InlineData("""{"keys":[{"id":"a","account":""}]}""", "account")]
    [InlineData("""{"keys":[{"id":"a","account":"x","model":["gpt"]}]}""", "model")]
    [InlineData("""[]""", "usable")]
    public void File_ThatCannotBeUsed_SaysWhy(string content, string part)
    {
        File.WriteAllText(Path, content);
        Assert.Contains(part, Assert.Throws<InvalidDataException>(() => KeyFile.Load(Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void File_ThatOthersMayWrite_IsRefused()
    {
        Issuer.Create(New("alice"));
        File.SetUnixFileMode(Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherWrite);
        Assert.Contains("chmod 600", Assert.Throws<InvalidDataException>(() => KeyFile.Load(Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Hash_InTheFile_IsTheSha256OfTheKey()
    {
        var (made, text) = Issuer.Create(New("alice"));
        Assert.Equal(
            Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text))), Assert.Single(made.Secrets).Sha256);
    }

    private static GatewayKey New(string account) => new() { Id = "", Account = account };

    private (KeyStatus Status, GatewayKey? Key) Authenticate(string text) =>
        (new KeyTable(KeyFile.Load(Path)).Authenticate(text, _time.Now, out var key), key);
}
