using System.CommandLine;
using System.Text;
using Stillwatch.Cli.Output;
using Stillwatch.Evidence.Signing;
using Stillwatch.Evidence.TransparencyLog;
using Stillwatch.Evidence.TransparencyLog.Proofs;
using Stillwatch.Evidence.TransparencyLog.Tiles;
using Stillwatch.Evidence.TransparencyLog.Timestamps;

namespace Stillwatch.Cli.Verbs;

/// <summary>Proofs that an entry is in a log, made and verified.</summary>
internal static class LogProofVerbs
{
    private static readonly Option<string> Log = TransparencyOptions.Log();
    private static readonly Option<string> VerifierKey = TransparencyOptions.VerifierKey();
    private static readonly Option<string> Policy = TransparencyOptions.Policy();
    private static readonly Option<string?> Out = CommonOptions.Out();

    private static readonly Option<string?> WitnessPolicy = new("--policy")
    {
        HelpName = "FILE",
        Description = "Prove under the kept checkpoint that this policy's witnesses have cosigned, not under the latest.",
    };

    private static readonly Argument<ulong> Index = new("index") { Description = "Which entry, counted from 0." };

    private static readonly Option<string?> EntryOut = new("--entry")
    {
        HelpName = "FILE",
        Description = "Where the entry itself goes; a verifier needs it beside the proof.",
    };

    private static readonly Argument<string> Proof = new("proof") { Description = "The .tlog-proof file." };

    private static readonly Argument<string> Entry = new("entry") { Description = "The file that holds the entry, byte for byte." };

    private static readonly Option<string?> Token = new("--timestamp")
    {
        HelpName = "FILE",
        Description = "A timestamp token (.tst) of the checkpoint, to be verified too; needs --roots and --stamped.",
    };

    private static readonly Option<string?> Stamped = new("--stamped")
    {
        HelpName = "FILE",
        Description = "The checkpoint that was stamped (timestamps/SIZE.checkpoint).",
    };

    private static readonly Option<string?> Roots = new("--roots")
    {
        HelpName = "PEM",
        Description = "Certificates of trusted authorities.",
    };

    public static VerbCommand Prove() => new("prove", "Write a .tlog-proof of one entry: anybody with the log's key can verify it offline.")
    {
        Arguments = { Index },
        Options = { Log, VerifierKey, WitnessPolicy, EntryOut, Out },
        Examples =
        [
            ("Proof of entry 41", "stillwatch log prove 41 --log evidence --vkey evidence.key.pub --out 41.tlog-proof --entry 41.json"),
        ],
        Work = static async (parsed, _, cancellation) =>
        {
            var log = Open(parsed.GetRequiredValue(Log), parsed.GetRequiredValue(VerifierKey), parsed.GetValue(WitnessPolicy));
            var index = parsed.GetRequiredValue(Index);
            if (index >= log.Size)
            {
                throw new UnusableException($"There is no entry {index} under a checkpoint of {log.Size}.");
            }

            var proof = log.Prove(index).ToBytes();
            if (parsed.GetValue(EntryOut) is { } path)
            {
                await WriteAsync(path, log.Entry(index), cancellation);
            }

            await WriteAsync(parsed.GetValue(Out), proof, cancellation);
            return ExitStatus.Done;
        },
    };

    public static VerbCommand Verify() => new("verify", "Verify a .tlog-proof of an entry under a policy; needs nothing but these files.")
    {
        Arguments = { Proof, Entry },
        Options = { Policy, Token, Stamped, Roots },
        Examples = [("Is it in the log?", "stillwatch log verify 41.tlog-proof 41.json --policy policy")],
        Work = static async (parsed, terminal, cancellation) =>
        {
            var policy = TransparencyOptions.ReadPolicy(parsed.GetRequiredValue(Policy));
            var proof = TlogProof.Parse(TransparencyOptions.ReadBounded(parsed.GetRequiredValue(Proof), TlogProof.MaxBytes));
            var entry = TransparencyOptions.ReadBounded(parsed.GetRequiredValue(Entry), EntryBundle.MaxEntryBytes);
            if (proof.Verify(entry, policy) is var verdict && verdict != TlogProofVerdict.Included)
            {
                terminal.Fault($"not proved: {Explain(verdict)}");
                return ExitStatus.Failed;
            }

            var checkpoint = proof.Checkpoint.Checkpoint;
            var said = $"included: entry {proof.Index} of {checkpoint.Origin} at size {checkpoint.Size}\n{VerifyTimestamp(parsed, proof)}";
            await WriteAsync(null, Encoding.UTF8.GetBytes(said), cancellation);
            return ExitStatus.Done;
        },
    };

    private static LogReader Open(string directory, string vkey, string? policyPath)
    {
        var key = TransparencyOptions.ReadVerifierKey(vkey);
        if (policyPath is null)
        {
            return LogReader.Open(directory, key);
        }

        var witnessed = new LogAttachments(directory).Witnessed(TransparencyOptions.ReadPolicy(policyPath))
            ?? throw new UnusableException($"{directory} keeps no checkpoint with cosignatures: 'stillwatch log cosign' gets one.");
        return LogReader.OpenAt(directory, witnessed);
    }

    private static string VerifyTimestamp(ParseResult parsed, TlogProof proof)
    {
        if (parsed.GetValue(Token) is not { } path)
        {
            return string.Empty;
        }

        var roots = parsed.GetValue(Roots) ?? throw new UnusableException("--timestamp needs --roots, the certificates to trust.");
        var stamped = parsed.GetValue(Stamped) ?? throw new UnusableException("--timestamp needs --stamped, the stamped checkpoint.");
        var document = TransparencyOptions.ReadBounded(stamped, SignedNote.MaxBytes);
        var token = TimestampToken.Parse(TransparencyOptions.ReadBounded(path, TimestampToken.MaxBytes))
            ?? throw new UnusableException($"{path} is no timestamp token in DER.");
        if (token.Verify(document, TransparencyOptions.ReadCertificates(roots)) is var verdict && verdict != TimestampVerdict.Verified)
        {
            throw new InvalidDataException($"{path}: {verdict}.");
        }

        var checkpoint = SignedCheckpoint.ParseUnverified(document).Checkpoint;
        return checkpoint == proof.Checkpoint.Checkpoint
            ? $"timestamp: the checkpoint existed at {token.At:yyyy-MM-dd HH:mm:ss}Z\n"
            : throw new InvalidDataException($"{stamped} is not the checkpoint of the proof.");
    }

    private static string Explain(TlogProofVerdict verdict) => verdict switch
    {
        TlogProofVerdict.UnknownLog => "the checkpoint is not signed by a log of the policy.",
        TlogProofVerdict.SignatureFails => "a signature under the checkpoint fails.",
        TlogProofVerdict.QuorumNotMet => "too few of the policy's witnesses have cosigned the checkpoint.",
        _ => "the hashes do not lead from this entry to the checkpoint's root.",
    };

    private static Task WriteAsync(string? path, ReadOnlyMemory<byte> bytes, CancellationToken cancellation) =>
        ResultTarget.WriteAsync(path, async (stream, token) => await stream.WriteAsync(bytes, token), cancellation);
}
