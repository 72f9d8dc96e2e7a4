using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Stillwatch.Evidence.Disclosures;
using Stillwatch.Evidence.Sharing.Access;
using Stillwatch.Evidence.Sharing.Hosting;
using Stillwatch.Evidence.Sharing.PrivateMatching.KeyService;
using Stillwatch.Evidence.Sharing.PrivateMatching.Matching;
using Stillwatch.Evidence.Sharing.PrivateMatching.Values;
using Stillwatch.Evidence.Sharing.PrivateMatching.Voprf;
using Stillwatch.Evidence.Tests.Disclosures;

namespace Stillwatch.Evidence.Tests.Sharing.PrivateMatching;

/// <summary>A key service on the loopback interface, and labs that publish and match with it.</summary>
public sealed class KeyServiceTests : IAsyncLifetime
{
    private readonly ManualTime _time = new(new(2026, 2, 10, 12, 0, 0, TimeSpan.Zero));
    private readonly RecordedDisclosures _served = new();
    private readonly RecordedDisclosures _sent = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("stillwatch-keys-");
    private EpochKeys? _keys;
    private EvaluationBudget? _budget;
    private SharingHost? _host;
    private string _secret = "";
    private string _reader = "";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var file = Path.Combine(_folder.FullName, "keys.json");
        _secret = ApiKeys.Add(file, new ApiKey { Name = "lab", Sha256 = "", Evaluate = true });
        _reader = ApiKeys.Add(file, new ApiKey { Name = "reader", Sha256 = "", Read = ["*"] });
        _keys = new EpochKeys(Enumerable.Range(0, 32).Select(static value => (byte)value).ToArray(), _time);
        _budget = new EvaluationBudget(1500, _time);
        var server = new KeyServer(_keys, ApiKeys.Load(file), _budget, new DisclosureGate(_served), _time);
        _host = await server.StartAsync(new ListenAddress(new IPEndPoint(IPAddress.Loopback, 0)), Cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        await _host!.DisposeAsync();
        _keys!.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Matching_ValueThatEnoughLabsReported_IsFoundAndOthersAreNot()
    {
        using var source = Source("lab", _secret);
        var epoch = (await source.EpochsAsync(Cancellation))[0];
        Assert.Equal("2026-Q1", epoch.Epoch);
        TokenFile[] files =
        [
            await FileAsync(source, epoch, "lab-a", "both@x.example", "only-a@x.example"),
            await FileAsync(source, epoch, "lab-b", "both@x.example"),
            await FileAsync(source, epoch, "lab-b", "both@x.example", "twice-b@x.example"),
            await FileAsync(source, epoch, "self", "only-a@x.example"),
        ];
        AccountValue[] own =
        [
            new("acct-1", "email", "BOTH@X.example"), new("acct-2", "email", "only-a@x.example"),
            new("acct-3", "email", "twice-b@x.example"), new("acct-4", "email", "nobody@x.example"), new("acct-5", "phone", "1"),
        ];
        var matches = await Match(files, 2).FindAsync(source, (epoch.Epoch, epoch.PublicKey), own, Cancellation);
        Assert.Equal([new TokenMatch("acct-1", "email", 2)], matches.Matches);
        Assert.Equal(2, matches.TooFewReporters);
        _time.Now = _time.Now.AddDays(31);
        Assert.Empty((await Match(files, 1).FindAsync(source, (epoch.Epoch, epoch.PublicKey), own, Cancellation)).Matches);

        TokenMatching Match(TokenFile[] published, int reporters) => TokenMatching.Of(published, epoch.Epoch, _time.Now, reporters, "self");
    }

    [Fact]
    public async Task Service_Evaluations_AreRecordedOnBothSidesAndCounted()
    {
        using var source = Source("lab", _secret);
        var epoch = (await source.EpochsAsync(Cancellation))[0];
        await source.TokensAsync(epoch.Epoch, epoch.PublicKey, Inputs(1001), Cancellation);
        Assert.Equal([DisclosureKind.Evaluations, DisclosureKind.Evaluations], _served.All.Select(static one => one.Kind));
        Assert.Equal([DisclosureKind.BlindedElements, DisclosureKind.BlindedElements], _sent.All.Select(static one => one.Kind));
        Assert.Equal(1001, _budget!.Total()["lab"]);
    }

    [Fact]
    public async Task Service_BudgetUsedUp_RefusesUntilTheNextHour()
    {
        using var source = Source("lab", _secret);
        var epoch = (await source.EpochsAsync(Cancellation))[0];
        var refusal = await Assert.ThrowsAsync<KeyServiceException>(
            () => source.TokensAsync(epoch.Epoch, epoch.PublicKey, Inputs(1501), Cancellation));
        Assert.Contains("429", refusal.Message, StringComparison.Ordinal);
        await source.TokensAsync(epoch.Epoch, epoch.PublicKey, Inputs(500), Cancellation);
        await Assert.ThrowsAsync<KeyServiceException>(() => source.TokensAsync(epoch.Epoch, epoch.PublicKey, Inputs(1), Cancellation));
        _time.Now = _time.Now.AddHours(1);
        await source.TokensAsync(epoch.Epoch, epoch.PublicKey, Inputs(1), Cancellation);
    }

    [Fact]
    public async Task Service_RecordCannotBeWritten_GivesNothing()
    {
        _served.IsBroken = true;
        using var source = Source("lab", _secret);
        var epoch = (await source.EpochsAsync(Cancellation))[0];
        var refusal = await Assert.ThrowsAsync<KeyServiceException>(
            () => source.TokensAsync(epoch.Epoch, epoch.PublicKey, Inputs(1), Cancellation));
        Assert.Contains("503", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Epochs_QuarterPasses_OldKeysAreClosedAndTokensChange()
    {
        using var source = Source("lab", _secret);
        var first = (await source.EpochsAsync(Cancellation))[0];
        var before = await source.TokensAsync(first.Epoch, first.PublicKey, Inputs(1), Cancellation);
        _time.Now = new(2026, 4, 1, 0, 0, 0, TimeSpan.Zero);
        var open = await source.EpochsAsync(Cancellation);
        Assert.Equal(["2026-Q2", "2026-Q1"], open.Select(static epoch => epoch.Epoch));
        Assert.Equal(before, await source.TokensAsync("2026-Q1", open[1].PublicKey, Inputs(1), Cancellation));
        Assert.NotEqual(before, await source.TokensAsync("2026-Q2", open[0].PublicKey, Inputs(1), Cancellation));
        _time.Now = new(2026, 7, 1, 0, 0, 0, TimeSpan.Zero);
        await Assert.ThrowsAsync<KeyServiceException>(() => source.TokensAsync("2026-Q1", first.PublicKey, Inputs(1), Cancellation));
    }

    /// <summary>A key made for one lab alone would let the service tell that lab's tokens: the trusted one has to be proved.</summary>
    [Fact]
    public async Task Tokens_OtherPublicKeyThanTrusted_AreRefused()
    {
        using var source = Source("lab", _secret);
        using var other = new OprfServer(Scalar.Random());
        var refusal = await Assert.ThrowsAsync<KeyServiceException>(
            () => source.TokensAsync("2026-Q1", other.PublicKey.ToBytes(), Inputs(1), Cancellation));
        Assert.Contains("proof does not hold", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("lab", "wrong", 401)]
    [InlineData("reader", null, 403)]
    public async Task Service_WithoutTheRight_IsRefused(string name, string? secret, int status)
    {
        using var source = Source(name, secret ?? _reader);
        var refusal = await Assert.ThrowsAsync<KeyServiceException>(() => source.EpochsAsync(Cancellation));
        Assert.Contains($"{status}", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("""{"epoch":"2026-Q1","blinded":[]}""")]
    [InlineData("""{"epoch":"2026-Q1","blinded":["00"]}""")]
    [InlineData("""{"epoch":"2026-Q1","blinded":[null]}""")]
    [InlineData("""{"epoch":"2020-Q1","blinded":["03e17e70604bcabe198882c0a1f27a92441e774224ed9c702e51dd17038b102462"]}""")]
    [InlineData("""{"epoch":null,"blinded":["03e17e70604bcabe198882c0a1f27a92441e774224ed9c702e51dd17038b102462"]}""")]
    public async Task Service_MalformedRequest_Is400(string body)
    {
        using var http = new HttpClient { BaseAddress = _host!.Address };
        http.DefaultRequestHeaders.Authorization =
            new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"lab:{_secret}")));
        var response = await http.PostAsync("/v1/evaluate", new StringContent(body), Cancellation);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task TokenFile_ReadBack_IsTheSameAndMalformedOnesAreRefused()
    {
        using var source = Source("lab", _secret);
        var epoch = (await source.EpochsAsync(Cancellation))[0];
        var file = await FileAsync(source, epoch, "lab-a", "a@x.example");
        Assert.Equal(file.ToJson(), TokenFile.Read(file.ToJson(), "f").ToJson());
        var text = Encoding.UTF8.GetString(file.ToJson());
        (string, string)[] faults =
        [
            ("tokens/1", "tokens/2"), ("\"lab-a\"", "\"\""), ("2026-03-12", "2026-01-12"), ("\"email\":[\"", "\"email\":[\"x"),
        ];
        foreach (var (old, changed) in faults)
        {
            Assert.Contains(old, text, StringComparison.Ordinal);
            var spoilt = Encoding.UTF8.GetBytes(text.Replace(old, changed, StringComparison.Ordinal));
            Assert.Throws<InvalidDataException>(() => TokenFile.Read(spoilt, "f"));
        }
    }

    private static List<byte[]> Inputs(int count) =>
        [.. Enumerable.Range(0, count).Select(static number => MatchValue.Input(MatchKind.Email, $"u{number}@x.example")!)];

    private Task<TokenFile> FileAsync(TokenSource source, (string Epoch, byte[] PublicKey) epoch, string reporter, params string[] mails)
    {
        var values = mails.Select(static mail => new AccountValue("bad", "email", mail));
        var frame = new TokenFile
        {
            Reporter = reporter,
            Epoch = epoch.Epoch,
            PublishedAt = _time.Now,
            ExpiresAt = _time.Now.AddDays(30),
            MinimumTemplateAccounts = 20,
            Tokens = new Dictionary<string, IReadOnlyList<string>>(),
        };
        var inputs = TokenPublication.Inputs(values, new HashSet<string> { "bad" }, 20);
        return TokenPublication.PublishAsync(source, (epoch.Epoch, epoch.PublicKey), inputs, frame, Cancellation);
    }

    private TokenSource Source(string name, string secret) =>
        new(new RemoteServer(_host!.Address, name, secret), new DisclosureGate(_sent), _time);
}
