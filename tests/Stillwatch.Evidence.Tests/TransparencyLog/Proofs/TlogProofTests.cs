using System.Globalization;
using System.Text;
using Stillwatch.Evidence.Merkle;
using Stillwatch.Evidence.Signing;
using Stillwatch.Evidence.Tests.Signing;
using Stillwatch.Evidence.TransparencyLog;
using Stillwatch.Evidence.TransparencyLog.Proofs;

namespace Stillwatch.Evidence.Tests.TransparencyLog.Proofs;

public sealed class TlogProofTests : IDisposable
{
    private const int Size = 300;

    private readonly ScratchFolder _scratch = ScratchFolder.InMemory();
    private readonly NoteSigningKey _key = TestKeys.Log(LogFiles.Origin);

    public void Dispose()
    {
        _key.Dispose();
        _scratch.Dispose();
    }

    [Fact]
    public async Task Proof_OfEveryEntry_VerifiesFromItsBytesAndForNoOtherEntry()
    {
        var reader = await LogAsync();
        var policy = TrustPolicy.Of(_key.VerifierKey);
        for (ulong index = 0; index < Size; index++)
        {
            var bytes = reader.Prove(index).ToBytes();
            var proof = TlogProof.Parse(bytes);
            Assert.Equal(bytes, proof.ToBytes());
            Assert.Equal(TlogProofVerdict.Included, proof.Verify(LogFiles.Entry((int)index).Span, policy));
            Assert.Equal(TlogProofVerdict.NotIncluded, proof.Verify(LogFiles.Entry((int)index + 1).Span, policy));
        }
    }

    [Fact]
    public async Task Proof_UnderAnotherPolicy_IsNotAccepted()
    {
        var proof = (await LogAsync()).Prove(5);
        using var other = TestKeys.Log("example.com/other", 8);
        using var witness = TestKeys.Witness("witness.example/w");
        Assert.Equal(TlogProofVerdict.UnknownLog, proof.Verify(LogFiles.Entry(5).Span, TrustPolicy.Of(other.VerifierKey)));
        var policy = TrustPolicy.Parse(Encoding.UTF8.GetBytes($"log {_key.VerifierKey}\nwitness W {witness.VerifierKey}\nquorum W\n"));
        Assert.Equal(TlogProofVerdict.QuorumNotMet, proof.Verify(LogFiles.Entry(5).Span, policy));
        var cosigned = proof.Checkpoint.With([witness.Cosign(proof.Checkpoint.Note.Text, DateTimeOffset.UnixEpoch)]);
        Assert.Equal(TlogProofVerdict.Included, new TlogProof(5, proof.Hashes, cosigned, [1, 2, 3]).Verify(LogFiles.Entry(5).Span, policy));
    }

    [Theory]
    [InlineData("c2sp.org/tlog-proof@v2\nindex 0\n\n{checkpoint}")]
    [InlineData("c2sp.org/tlog-proof@v1\n\n{checkpoint}")]
    [InlineData("c2sp.org/tlog-proof@v1\nindex 00\n\n{checkpoint}")]
    [InlineData("c2sp.org/tlog-proof@v1\nindex -1\n\n{checkpoint}")]
    [InlineData("c2sp.org/tlog-proof@v1\nindex 18446744073709551616\n\n{checkpoint}")]
    [InlineData("c2sp.org/tlog-proof@v1\nextra *\nindex 0\n\n{checkpoint}")]
    [InlineData("c2sp.org/tlog-proof@v1\nindex 0\nextra AAAA\n\n{checkpoint}")]
    [InlineData("c2sp.org/tlog-proof@v1\nindex 0\nAAAA\n\n{checkpoint}")]
    [InlineData("c2sp.org/tlog-proof@v1\nindex 0\n{checkpoint}")]
    [InlineData("c2sp.org/tlog-proof@v1\nindex 0\n\n")]
    public void Parse_MalformedProof_IsRefused(string text)
    {
        var checkpoint = Encoding.UTF8.GetString(SignedCheckpoint.Sign(new(LogFiles.Origin, 1, Rfc6962.Empty), _key).ToBytes());
        var proof = Encoding.UTF8.GetBytes(text.Replace("{checkpoint}", checkpoint, StringComparison.Ordinal));
        Assert.Throws<InvalidDataException>(() => TlogProof.Parse(proof));
    }

    [Fact]
    public async Task Parse_TooManyHashesOrTooManyBytes_IsRefused()
    {
        var proof = (await LogAsync()).Prove(5);
        var most = new TlogProof(5, [.. Enumerable.Repeat(Rfc6962.Empty, TlogProof.MaxHashes)], proof.Checkpoint);
        Assert.Equal(TlogProofVerdict.NotIncluded, TlogProof.Parse(most.ToBytes()).Verify([], TrustPolicy.Of(_key.VerifierKey)));
        var more = new TlogProof(5, [.. most.Hashes, Rfc6962.Empty], proof.Checkpoint).ToBytes();
        Assert.Throws<InvalidDataException>(() => TlogProof.Parse(more));
        Assert.Throws<InvalidDataException>(() => TlogProof.Parse(new byte[TlogProof.MaxBytes + 1]));
        var huge = new TlogProof(5, [], proof.Checkpoint, new byte[TlogProof.MaxExtraBytes + 1]).ToBytes();
        Assert.Throws<InvalidDataException>(() => TlogProof.Parse(huge));
    }

    [Fact]
    public async Task Verify_FuzzedProofs_AcceptNothingThatWasChanged()
    {
        const int Seed = 1029;
        var random = new Random(Seed);
        var original = (await LogAsync()).Prove(123).ToBytes();
        var policy = TrustPolicy.Of(_key.VerifierKey);
        var parsed = 0;
        for (var round = 0; round < 20_000; round++)
        {
            var bytes = (byte[])original.Clone();
            for (var flips = random.Next(1, 4); flips > 0; flips--)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(32, 128);
            }

            if (bytes.AsSpan().SequenceEqual(original))
            {
                continue;
            }

            try
            {
                var verdict = TlogProof.Parse(bytes).Verify(LogFiles.Entry(123).Span, policy);
                var label = string.Create(CultureInfo.InvariantCulture, $"seed {Seed}, round {round}");
                Assert.True(verdict != TlogProofVerdict.Included, label);
                parsed++;
            }
            catch (InvalidDataException)
            {
            }
        }

        Assert.True(parsed > 100, $"Only {parsed} fuzzed proofs could be read.");
    }

    private async Task<LogReader> LogAsync()
    {
        await LogFiles.WriteAsync(_scratch.At("log"), _key, Size);
        return LogReader.Open(_scratch.At("log"), _key.VerifierKey);
    }
}
