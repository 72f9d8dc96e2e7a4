using System.CommandLine;
using System.Security.Cryptography;
using Stillwatch.Cli.Output;
using Stillwatch.Cli.Verbs.Gateway;
using Stillwatch.Evidence.Signing;
using Stillwatch.Evidence.Storage;
using Stillwatch.Evidence.TransparencyLog;
using Stillwatch.Provenance.Watermarking;

namespace Stillwatch.Cli.Verbs.Marks;

/// <summary>Marks on outputs: their keys, and commitments to them.</summary>
internal static class MarkVerb
{
    private static readonly Option<string> Out = new("--out")
    {
        HelpName = "FILE",
        Description = "The file of the secret (mode 0600); it may not exist.",
        Required = true,
    };

    private static readonly Option<string> Log = TransparencyOptions.Log();
    private static readonly Option<string> Key = TransparencyOptions.Key();
    private static readonly Option<string?> Operator = DecisionArguments.Operator();

    public static Command Create() => new("mark", "Mark a model's outputs with a secret key, and look for the mark in texts.")
    {
        Subcommands = { MakeSecret(), Commit(), MarkEmbedVerb.Create(), MarkDetectVerb.Create(), Reveal() },
    };

    private static VerbCommand MakeSecret() => new("keygen", "Make the master secret of all marks; it goes to a file and is never shown.")
    {
        Options = { Out },
        Examples = [("A secret for all tenants", "stillwatch mark keygen --out marks.secret")],
        Work = static async (parsed, _, cancellation) =>
        {
            var path = parsed.GetRequiredValue(Out);
            if (File.Exists(path))
            {
                throw new UnusableException($"{path} exists; a secret is never overwritten.");
            }

            ResultTarget.Check(path);
            CryptographicOperations.ZeroMemory(SecretFile.ReadOrCreate(path, MarkMasterSecret.Bytes));
            var said = $"the master secret is in {Printable.Clean(path)}; whoever has it can forge every mark\n";
            await CaseOptions.SayAsync(said, cancellation);
            return ExitStatus.Done;
        },
    };

    private static VerbCommand Commit() => new VerbCommand("commit", "Bind to a key in the transparency log, before the key is used.")
    {
        Options = { Log, Key, Operator },
        Examples =
        [
            ("The first key of a cohort",
                "stillwatch mark commit --secret marks.secret --cohort free --log evidence --key evidence.key --operator kim"),
            ("Rotate it",
                "stillwatch mark commit --secret marks.secret --cohort free --epoch 1 --log evidence --key evidence.key --operator kim"),
        ],
        Work = static async (parsed, _, cancellation) =>
        {
            var actor = DecisionArguments.ReadOperator(parsed.GetValue(Operator));
            using var mark = MarkOptions.ReadKey(parsed);
            using var key = SigningKeyFile.Read(parsed.GetRequiredValue(Key));
            var directory = parsed.GetRequiredValue(Log);
            await using (var log = await LogWriter.OpenWaitingAsync(directory, key, cancellation: cancellation))
            {
                if (MarkCommitment.Find(directory, key.VerifierKey, mark) is null)
                {
                    var entry = MarkCommitment.Make(mark, actor, TimeProvider.System.GetUtcNow());
                    await log.AppendAsync(entry.Bytes, cancellation);
                    await log.PublishAsync();
                }
            }

            var made = MarkCommitment.Find(directory, key.VerifierKey, mark)!;
            await CaseOptions.SayAsync(
                MarkOptions.Text($"{mark}: commitment {mark.Commitment} is entry {made.Index} of {made.Origin}, of {made.Entry.At:u}\n"),
                cancellation);
            return ExitStatus.Done;
        },
    }.WithLabel();
    private static VerbCommand Reveal() => new VerbCommand("reveal", "Write a key for a verifier of a report: the mark is spent then.")
    {
        Options = { Out },
        Examples = [("For a verifier", "stillwatch mark reveal --secret marks.secret --cohort free --out free.key.json")],
        Work = static async (parsed, _, cancellation) =>
        {
            var path = parsed.GetRequiredValue(Out);
            if (File.Exists(path))
            {
                throw new UnusableException($"{path} exists; a key is never overwritten.");
            }

            ResultTarget.Check(path);
            using var mark = MarkOptions.ReadKey(parsed);
            OwnerOnlyFile.Create(path, RevealedKey.Of(mark).ToLine());
            var said = $"{mark} is in {Printable.Clean(path)}; whoever has it can forge this mark: no longer use it\n";
            await CaseOptions.SayAsync(said, cancellation);
            return ExitStatus.Done;
        },
    }.WithLabel();
}
