using Stillwatch.Evidence.Signing;
using Stillwatch.Evidence.Tests.Signing;
using Stillwatch.Evidence.Tests.TransparencyLog.Timestamps;
using Stillwatch.Evidence.TransparencyLog;
using Stillwatch.Evidence.TransparencyLog.Proofs;
using Stillwatch.Evidence.TransparencyLog.Timestamps;

namespace Stillwatch.Evidence.Tests.TransparencyLog.Outsiders;

/// <summary>One flipped bit in each kind of file: every checker that covers the file refuses it.</summary>
public sealed class TamperTests : IDisposable
{
    private const int Size = 700;
    private const int Index = 300;

    private readonly ScratchFolder _scratch = ScratchFolder.InMemory();
    private readonly NoteSigningKey _key = TestKeys.Log(LogFiles.Origin);
    private readonly Random _random = new(20_261_128);

    public void Dispose()
    {
        _key.Dispose();
        _scratch.Dispose();
    }

    [Theory]
    [InlineData("checkpoint")]
    [InlineData("tile/0/000")]
    [InlineData("tile/0/002.p/188")]
    [InlineData("tile/1/000.p/2")]
    [InlineData("tile/entries/001")]
    [InlineData("tile/entries/002.p/188")]
    public async Task File_OfTheLogWithAFlippedBit_FailsInFsckAndInGo(string path)
    {
        await LogFiles.WriteAsync(Log, _key, Size);
        var go = await GoChecker.BuildAsync(_scratch, _key.VerifierKey);
        go.Prove(LogReader.Open(Log, _key.VerifierKey), [1, 256, 300]);
        Assert.Equal(0, (await go.CheckAsync(Log)).Status);
        var original = await File.ReadAllBytesAsync(Path.Combine(Log, path), TestContext.Current.CancellationToken);
        for (var round = 0; round < 40; round++)
        {
            await File.WriteAllBytesAsync(Path.Combine(Log, path), Flip(original), TestContext.Current.CancellationToken);
            var report = LogFsck.Run(Log, _key.VerifierKey, cancellation: TestContext.Current.CancellationToken);
            Assert.False(report.IsWhole);
            Assert.Equal(1, (await go.CheckAsync(Log)).Status);
        }
    }

    [Theory]
    [InlineData("tile/0/001.p/100")]
    [InlineData("tile/entries/001.p/100")]
    public async Task PartialTile_OfAnEarlierCheckpointWithAFlippedBit_FailsInFsck(string path)
    {
        await using (var log = LogWriter.Create(Log, _key, new() { KeepPartialTiles = true }))
        {
            await log.AppendAsync(LogFiles.Entries(0, 356), TestContext.Current.CancellationToken);
            await log.PublishAsync();
            await log.AppendAsync(LogFiles.Entries(356, 300), TestContext.Current.CancellationToken);
        }

        Assert.True(LogFsck.Run(Log, _key.VerifierKey, cancellation: TestContext.Current.CancellationToken).IsWhole);
        var original = await File.ReadAllBytesAsync(Path.Combine(Log, path), TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(Path.Combine(Log, path), Flip(original), TestContext.Current.CancellationToken);
        var report = LogFsck.Run(Log, _key.VerifierKey, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(path, Assert.Single(report.Faults).Path);
    }

    /// <summary>Every bit of a proof, here; a sample of the parts of it, in @sigstore/verify.</summary>
    [Fact]
    public async Task Proof_WithAFlippedBit_FailsHereAndInSigstore()
    {
        await LogFiles.WriteAsync(Log, _key, Size);
        var entry = LogFiles.Entry(Index).ToArray();
        var proof = LogReader.Open(Log, _key.VerifierKey).Prove(Index);
        var bytes = proof.ToBytes();
        for (var bit = 0; bit < bytes.Length * 8; bit++)
        {
            Assert.NotEqual(TlogProofVerdict.Included, Verify(Flip(bytes, bit), entry));
        }

        for (var bit = 0; bit < entry.Length * 8; bit++)
        {
            Assert.NotEqual(TlogProofVerdict.Included, Verify(bytes, Flip(entry, bit)));
        }

        byte[][] hashes = [.. proof.Hashes.Select(hash => hash.ToArray())];
        var checkpoint = proof.Checkpoint.ToBytes();
        Assert.True(Assert.Single(await SigstoreChecker.CheckAsync(_key.VerifierKey, [(entry, Index, hashes, checkpoint)])));
        List<(byte[], ulong, byte[][], byte[])> tampered =
            [(entry, Index + 1, hashes, checkpoint), (entry, Index, hashes[1..], checkpoint)];
        tampered.AddRange(hashes.Select((hash, i) =>
            (entry, (ulong)Index, (byte[][])[.. hashes[..i], Flip(hash), .. hashes[(i + 1)..]], checkpoint)));
        tampered.AddRange(Enumerable.Range(0, 20).Select(_ => (Flip(entry), (ulong)Index, hashes, checkpoint)));
        var signed = proof.Checkpoint.Note.Text.Length;
        tampered.AddRange(Enumerable.Range(0, signed * 8).Select(bit => (entry, (ulong)Index, hashes, Flip(checkpoint, bit))));
        Assert.All(await SigstoreChecker.CheckAsync(_key.VerifierKey, tampered), Assert.False);
    }

    [Fact]
    public async Task Checkpoint_WithAFlippedBit_FailsInOpenSsl()
    {
        await LogFiles.WriteAsync(Log, _key, 5);
        var note = LogReader.Open(Log, _key.VerifierKey).Checkpoint.Note;
        var (key, text, signature) = (_key.VerifierKey.PublicKey, note.Text.ToArray(), note.Signatures[0].Bytes.ToArray());
        for (var round = 0; round < 10; round++)
        {
            Assert.False(await OpenSslSignature.VerifiesAsync(key, Flip(text), signature));
            Assert.False(await OpenSslSignature.VerifiesAsync(key, text, Flip(signature)));
        }
    }

    [Fact]
    public async Task Timestamp_WithAFlippedBitInItOrInItsCheckpoint_FailsHereAndInOpenSsl()
    {
        var token = TestContext.Current.CancellationToken;
        await using var authority = await OpenSslAuthority.StartAsync();
        await LogFiles.WriteAsync(Log, _key, 5);
        var document = LogReader.Open(Log, _key.VerifierKey).Checkpoint.ToBytes();
        using var http = new HttpClient();
        var stamp = (await new TimestampAuthority(http, authority.Address, authority.Roots).StampAsync(document, token)).ToBytes();
        Assert.True(Verify(document, stamp));
        Assert.True(await OpenSslAsync(document, stamp));
        for (var bit = 0; bit < document.Length * 8; bit += 11)
        {
            Assert.False(Verify(Flip(document, bit), stamp));
        }

        // Of a token, only what is signed and the signature itself are covered: here its time, its imprint, and the end of the signature.
        foreach (var at in (int[])[stamp.AsSpan().IndexOf(System.Security.Cryptography.SHA256.HashData(document)) + 3, stamp.Length - 5])
        {
            Assert.False(Verify(document, Flip(stamp, at * 8)));
            Assert.False(await OpenSslAsync(document, Flip(stamp, at * 8)));
        }

        Assert.False(await OpenSslAsync(Flip(document), stamp));

        bool Verify(byte[] stamped, byte[] der) =>
            TimestampToken.Parse(der)?.Verify(stamped, authority.Roots) == TimestampVerdict.Verified;

        async Task<bool> OpenSslAsync(byte[] stamped, byte[] der)
        {
            await File.WriteAllBytesAsync(_scratch.At("stamped"), stamped, token);
            await File.WriteAllBytesAsync(_scratch.At("token"), der, token);
            string[] arguments = ["ts", "-verify", "-data", "stamped", "-in", "token", "-token_in", "-CAfile", authority.RootPath];
            return (await ExternalProgram.RunAsync("openssl", arguments, _scratch.Path)).Status == 0;
        }
    }

    private string Log => _scratch.At("log");

    private TlogProofVerdict? Verify(byte[] proof, byte[] entry)
    {
        try
        {
            return TlogProof.Parse(proof).Verify(entry, TrustPolicy.Of(_key.VerifierKey));
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    private byte[] Flip(byte[] bytes) => Flip(bytes, _random.Next(bytes.Length * 8));

    private static byte[] Flip(byte[] bytes, int bit)
    {
        var flipped = (byte[])bytes.Clone();
        flipped[bit / 8] ^= (byte)(1 << (bit % 8));
        return flipped;
    }
}
