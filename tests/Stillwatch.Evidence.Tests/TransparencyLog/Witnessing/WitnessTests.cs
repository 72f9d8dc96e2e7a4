using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Stillwatch.Evidence.Merkle;
using Stillwatch.Evidence.Signing;
using Stillwatch.Evidence.Tests.Merkle;
using Stillwatch.Evidence.Tests.Signing;
using Stillwatch.Evidence.TransparencyLog;
using Stillwatch.Evidence.TransparencyLog.Witnessing;

namespace Stillwatch.Evidence.Tests.TransparencyLog.Witnessing;

/// <summary>Every answer of the protocol, over real HTTP.</summary>
public sealed class WitnessTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1_790_000_000);

    private readonly ScratchFolder _scratch = ScratchFolder.InMemory();
    private readonly NoteSigningKey _log = TestKeys.Log(LogFiles.Origin);
    private readonly NoteSigningKey _key = TestKeys.Witness("witness.example/w");
    private readonly MerkleTree _tree = ReferenceTree.Build(200).Tree;
    private readonly HttpClient _http = new();
    private Witness? _witness;
    private WitnessServer? _server;

    public async ValueTask InitializeAsync()
    {
        _witness = new(_scratch.At("witness"), _key, [_log.VerifierKey], new FixedTime(Now));
        _server = await WitnessServer.StartAsync(_witness, new("http://127.0.0.1:0"));
    }

    public async ValueTask DisposeAsync()
    {
        await _server!.DisposeAsync();
        _witness!.Dispose();
        _http.Dispose();
        _log.Dispose();
        _key.Dispose();
        _scratch.Dispose();
    }

    [Fact]
    public async Task AddCheckpoint_EachStepOfTheProtocol_AnswersAsTheSpecificationSays()
    {
        await ExpectAsync(HttpStatusCode.OK, Request(0, 10));
        await ExpectAsync(HttpStatusCode.OK, Request(10, 20));
        await ExpectAsync(HttpStatusCode.OK, Request(20, 20));
        await ExpectAsync(HttpStatusCode.OK, Request(20, 150));
        await ExpectAsync(HttpStatusCode.BadRequest, Request(150, 149));
        var (_, type, body) = await ExpectAsync(HttpStatusCode.Conflict, Request(0, 160));
        Assert.Equal(("text/x.tlog.size", "150\n"), (type, body));
        (_, type, body) = await ExpectAsync(HttpStatusCode.Conflict, Request(20, 160));
        Assert.Equal(("text/x.tlog.size", "150\n"), (type, body));
        (_, type, body) = await ExpectAsync(HttpStatusCode.Conflict, Request(151, 160));
        Assert.Equal(("text/x.tlog.size", "150\n"), (type, body));
        await ExpectAsync(HttpStatusCode.UnprocessableEntity, Request(150, 160) with { Proof = Request(140, 160).Proof });
        await ExpectAsync(HttpStatusCode.UnprocessableEntity, Request(150, 160) with { Proof = [] });
        await ExpectAsync(HttpStatusCode.UnprocessableEntity, Request(150, 150) with { Checkpoint = Checkpoint(150, Rfc6962.Empty) });
        await ExpectAsync(HttpStatusCode.UnprocessableEntity, Request(150, 150) with { Proof = [Rfc6962.Empty] });
        await ExpectAsync(HttpStatusCode.OK, Request(150, 160));
    }

    [Fact]
    public async Task AddCheckpoint_FirstOfALog_MustBeginWithNothing()
    {
        var (_, type, body) = await ExpectAsync(HttpStatusCode.Conflict, Request(10, 20));
        Assert.Equal(("text/x.tlog.size", "0\n"), (type, body));
        await ExpectAsync(HttpStatusCode.UnprocessableEntity, Request(0, 20) with { Proof = [Rfc6962.Empty] });
        var wrongRoot = Checkpoint(0, MerkleProofs.Root(_tree, 3));
        await ExpectAsync(HttpStatusCode.UnprocessableEntity, Request(0, 0) with { Checkpoint = wrongRoot });
        await ExpectAsync(HttpStatusCode.OK, Request(0, 0));
        await ExpectAsync(HttpStatusCode.OK, Request(0, 20));
    }

    [Fact]
    public async Task AddCheckpoint_UnknownLogOrForeignSignature_IsRefused()
    {
        using var unknown = TestKeys.Log("example.com/unknown", 40);
        using var impostor = TestKeys.Log(LogFiles.Origin, 41);
        var checkpoint = new Checkpoint("example.com/unknown", 10, MerkleProofs.Root(_tree, 10));
        await ExpectAsync(HttpStatusCode.NotFound, Request(0, 10) with { Checkpoint = SignedCheckpoint.Sign(checkpoint, unknown) });
        var forged = SignedCheckpoint.Sign(checkpoint with { Origin = LogFiles.Origin }, impostor);
        await ExpectAsync(HttpStatusCode.Forbidden, Request(0, 10) with { Checkpoint = forged });
        var failing = new NoteSignature(LogFiles.Origin, _log.VerifierKey.KeyId, new byte[64]);
        await ExpectAsync(HttpStatusCode.Forbidden, Request(0, 10) with { Checkpoint = forged.With([failing]) });
        var both = Checkpoint(10, MerkleProofs.Root(_tree, 10)).With(forged.Note.Signatures);
        await ExpectAsync(HttpStatusCode.OK, Request(0, 10) with { Checkpoint = both });
    }

    [Theory]
    [InlineData("")]
    [InlineData("old 0\n")]
    [InlineData("new 0\n\n{checkpoint}")]
    [InlineData("old -1\n\n{checkpoint}")]
    [InlineData("old 00\n\n{checkpoint}")]
    [InlineData("old 0\nAAAA\n\n{checkpoint}")]
    [InlineData("old 0\n\nno checkpoint\n\n— a AAAAAAE=\n")]
    [InlineData("old 0\n{64 hashes}\n{checkpoint}")]
    public async Task AddCheckpoint_MalformedRequest_IsRefused(string text)
    {
        var body = text
            .Replace("{checkpoint}", Encoding.UTF8.GetString(Request(0, 10).Checkpoint.ToBytes()), StringComparison.Ordinal)
            .Replace("{64 hashes}", string.Concat(Enumerable.Repeat($"{Rfc6962.Empty}\n", 64)), StringComparison.Ordinal);
        await ExpectAsync(HttpStatusCode.BadRequest, Encoding.UTF8.GetBytes(body));
    }

    [Fact]
    public async Task AddCheckpoint_GiantBody_IsRefused() =>
        await ExpectAsync(HttpStatusCode.RequestEntityTooLarge, new byte[AddCheckpointRequest.MaxBytes + 1]);

    [Fact]
    public async Task Cosignature_OfAnAcceptedCheckpoint_VerifiesAndIsWhatMonitorsRead()
    {
        var request = Request(0, 42);
        var (_, _, lines) = await ExpectAsync(HttpStatusCode.OK, request);
        var cosigned = SignedNote.Parse([.. request.Checkpoint.ToBytes(), .. Encoding.UTF8.GetBytes(lines)]);
        Assert.Equal(NoteVerdict.Verified, cosigned.Verify([_key.VerifierKey], out var verified));
        Assert.Equal(Now, Assert.Single(verified).Signature.CosignedAt);
        var token = TestContext.Current.CancellationToken;
        var path = $"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(LogFiles.Origin)))}/checkpoint";
        Assert.Equal(cosigned.ToBytes(), await _http.GetByteArrayAsync(new Uri(_server!.Address, path), token));
        using var unknown = await _http.GetAsync(new Uri(_server.Address, $"{new string('0', 64)}/checkpoint"), token);
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
    }

    /// <summary>
    /// The race that the specification warns of, many times at once: requests to several sizes from the same old size. Of each round one
    /// wins, and the state never goes back.
    /// </summary>
    [Fact]
    public async Task AddCheckpoint_ManyAtOnce_NeverRollsBack()
    {
        var cosigned = 0UL;
        for (var round = 0; round < 15; round++)
        {
            var old = cosigned;
            var sizes = Enumerable.Range(1, 12).Select(step => old + (ulong)step).ToList();
            var answers = await Task.WhenAll(sizes.Select(size => SendAsync(Request(old, size).ToBytes())));
            var winner = Assert.Single(sizes.Index(), pair => answers[pair.Index].Status == HttpStatusCode.OK).Item;
            var body = string.Create(CultureInfo.InvariantCulture, $"{winner}\n");
            Assert.All(answers.Where(answer => answer.Status != HttpStatusCode.OK), answer =>
                Assert.Equal((HttpStatusCode.Conflict, body), (answer.Status, answer.Body)));
            cosigned = winner;
        }
    }

    [Fact]
    public void Witness_AfterEveryFileOperationFailedOnce_HasNotForgottenWhatItSigned()
    {
        for (var operation = 1; ; operation++)
        {
            var directory = _scratch.At(string.Create(CultureInfo.InvariantCulture, $"faulty-{operation}"));
            var files = new FaultyFiles(operation, (FileFault)(operation % 3));
            ulong signed = 0;
            try
            {
                using var witness = new Witness(directory, _key, [_log.VerifierKey], new FixedTime(Now), files);
                foreach (var size in (ulong[])[7, 30, 31])
                {
                    Assert.Equal(200, witness.AddCheckpoint(Request(signed, size).ToBytes()).Status);
                    signed = size;
                }
            }
            catch (IOException)
            {
            }

            using var again = new Witness(directory, _key, [_log.VerifierKey], new FixedTime(Now));
            var answer = again.AddCheckpoint(Request(100, 200).ToBytes());
            Assert.Equal(409, answer.Status);
            Assert.True(ulong.Parse(answer.Body, CultureInfo.InvariantCulture) >= signed, $"{files.Failed}: {answer.Body} after {signed}.");
            if (files.Failed is null)
            {
                Assert.True(operation > 15, $"Only {operation} operations.");
                break;
            }
        }
    }

    [Fact]
    public void Witness_SecondProcess_IsRefused() =>
        Assert.Throws<LogBusyException>(() => new Witness(_scratch.At("witness"), _key, [_log.VerifierKey], new FixedTime(Now)));

    private AddCheckpointRequest Request(ulong oldSize, ulong size) => new(
        oldSize,
        oldSize <= size ? MerkleProofs.Consistency(_tree, oldSize, size) : [],
        Checkpoint(size, MerkleProofs.Root(_tree, size)));

    private SignedCheckpoint Checkpoint(ulong size, MerkleHash root) => SignedCheckpoint.Sign(new(LogFiles.Origin, size, root), _log);

    private Task<(HttpStatusCode Status, string? Type, string Body)> ExpectAsync(HttpStatusCode status, AddCheckpointRequest request) =>
        ExpectAsync(status, request.ToBytes());

    private async Task<(HttpStatusCode Status, string? Type, string Body)> ExpectAsync(HttpStatusCode status, byte[] body)
    {
        var answer = await SendAsync(body);
        Assert.True(status == answer.Status, $"{answer.Status} {answer.Body}");
        return answer;
    }

    private async Task<(HttpStatusCode Status, string? Type, string Body)> SendAsync(byte[] body)
    {
        var token = TestContext.Current.CancellationToken;
        using var content = new ByteArrayContent(body);
        using var response = await _http.PostAsync(new Uri(_server!.Address, "add-checkpoint"), content, token);
        return (response.StatusCode, response.Content.Headers.ContentType?.MediaType, await response.Content.ReadAsStringAsync(token));
    }
}
