using System.Text;
using Stillwatch.Evidence.Merkle;
using Stillwatch.Evidence.Signing;
using Stillwatch.Evidence.Tests.Signing;
using Stillwatch.Evidence.TransparencyLog;
using Stillwatch.Evidence.TransparencyLog.Proofs;

namespace Stillwatch.Evidence.Tests.TransparencyLog.Proofs;

public sealed class TrustPolicyTests : IDisposable
{
    private readonly NoteSigningKey _log = TestKeys.Log(LogFiles.Origin);
    private readonly List<NoteSigningKey> _witnesses =
        [.. Enumerable.Range(0, 5).Select(i => TestKeys.Witness($"witness.example/{i}", (byte)(10 + i)))];

    public void Dispose()
    {
        _log.Dispose();
        _witnesses.ForEach(witness => witness.Dispose());
    }

    /// <summary>The specification's example: two of the X witnesses and any of the Y witnesses.</summary>
    [Theory]
    [InlineData("", CheckpointVerdict.QuorumNotMet)]
    [InlineData("013", CheckpointVerdict.Accepted)]
    [InlineData("0124", CheckpointVerdict.Accepted)]
    [InlineData("012", CheckpointVerdict.QuorumNotMet)]
    [InlineData("034", CheckpointVerdict.QuorumNotMet)]
    [InlineData("34", CheckpointVerdict.QuorumNotMet)]
    public void Judge_GroupsOfGroups_CountsAsTheSpecificationSays(string cosigners, CheckpointVerdict verdict)
    {
        var policy = Parse($"""
            # Two levels.
            log {_log.VerifierKey} https://log.example/
            witness X1 {Key(0)}
            witness	X2 {Key(1)} https://x2.example/
             witness X3 {Key(2)}
            witness Y1 {Key(3)}
            witness Y2 {Key(4)}

            group X-witnesses 2 X1 X2 X3
            group Y-witnesses any Y1 Y2
            group X-and-Y all X-witnesses Y-witnesses
            quorum X-and-Y
            """);
        Assert.Equal(verdict, policy.Judge(Cosigned(cosigners)));
        Assert.Equal("https://x2.example/", policy.Witnesses[1].Url);
    }

    [Fact]
    public void Judge_OtherLogsAndFailingSignatures_AreToldApart()
    {
        var policy = Parse($"log {_log.VerifierKey}\nwitness W {Key(0)}\nquorum none\n");
        Assert.Equal(CheckpointVerdict.Accepted, policy.Judge(Cosigned("")));
        using var other = TestKeys.Log("example.com/other", 77);
        Assert.Equal(CheckpointVerdict.UnknownLog, policy.Judge(SignedCheckpoint.Sign(new("example.com/other", 1, Rfc6962.Empty), other)));
        Assert.Equal(CheckpointVerdict.UnknownLog, policy.Judge(SignedCheckpoint.Sign(new("example.com/other", 1, Rfc6962.Empty), _log)));
        var cosignature = _witnesses[0].Cosign("another text\n"u8, DateTimeOffset.UnixEpoch);
        Assert.Equal(CheckpointVerdict.SignatureFails, policy.Judge(Cosigned("").With([cosignature])));
    }

    [Theory]
    [InlineData("", "has no quorum line")]
    [InlineData("quorum none\nquorum none", "Line 2")]
    [InlineData("quorum W", "'W' is not defined above")]
    [InlineData("log", "it is none of")]
    [InlineData("log {log} url more", "it is none of")]
    [InlineData("log {witness}", "type 0x04")]
    [InlineData("log {log}\nlog {log}", "given before")]
    [InlineData("witness W {log}", "type 0x01")]
    [InlineData("witness W {witness}\nwitness V {witness}", "given before")]
    [InlineData("witness none {witness}", "defined already")]
    [InlineData("witness W {witness}\ngroup W any W", "defined already")]
    [InlineData("witness W {witness}\ngroup G any", "cannot be required")]
    [InlineData("witness W {witness}\ngroup G 0 W", "cannot be required")]
    [InlineData("witness W {witness}\ngroup G 2 W", "cannot be required")]
    [InlineData("witness W {witness}\ngroup G 01 W", "cannot be required")]
    [InlineData("witness W {witness}\ngroup G all W W", "is a member of a group already")]
    [InlineData("witness W {witness}\ngroup G all W\ngroup H all W G", "is a member of a group already")]
    [InlineData("group G all none", "'none' is not defined above")]
    [InlineData("group G all W\nwitness W {witness}", "'W' is not defined above")]
    [InlineData("quorum none\r", "control characters")]
    public void Parse_MalformedPolicy_IsRefusedByItsLine(string policy, string reason)
    {
        var text = policy.Replace("{log}", $"{_log.VerifierKey}", StringComparison.Ordinal)
            .Replace("{witness}", Key(0), StringComparison.Ordinal);
        var fault = Assert.Throws<InvalidDataException>(() => Parse(text));
        Assert.Contains(reason, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_NamesThatAreNoText_AreOctets()
    {
        byte[] policy =
            [.. "witness "u8, 0xFF, 0xFE, .. Encoding.UTF8.GetBytes($" {Key(0)}\nquorum "), 0xFF, 0xFE, (byte)'\n'];
        Assert.Single(TrustPolicy.Parse(policy).Witnesses);
    }

    private string Key(int number) => _witnesses[number].VerifierKey.ToString();

    private SignedCheckpoint Cosigned(string cosigners)
    {
        var checkpoint = SignedCheckpoint.Sign(new(LogFiles.Origin, 5, Rfc6962.Empty), _log);
        var text = checkpoint.Note.Text.ToArray();
        return checkpoint.With(cosigners.Select(digit => _witnesses[digit - '0'].Cosign(text, DateTimeOffset.UnixEpoch)));
    }

    private static TrustPolicy Parse(string text) => TrustPolicy.Parse(Encoding.UTF8.GetBytes(text));
}
