using System.CommandLine;
using System.Globalization;
using System.Text;
using Stillwatch.Cli.Output;
using Stillwatch.Evidence.Decisions;
using Stillwatch.Evidence.Signing;
using Stillwatch.Evidence.TransparencyLog;
using Stillwatch.Evidence.TransparencyLog.Tiles;

namespace Stillwatch.Cli.Verbs;

/// <summary>Makes, fills and shows a transparency log.</summary>
internal static class LogVerb
{
    /// <summary>Entries that are appended together when they come from a file.</summary>
    private const int DefaultBatch = 4096;

    private static readonly Option<string> Log = TransparencyOptions.Log();
    private static readonly Option<string> Key = TransparencyOptions.Key();
    private static readonly Option<string> VerifierKey = TransparencyOptions.VerifierKey();

    private static readonly Argument<string> Name = new("name")
    {
        Description = "The key's name: for a log its origin, such as example.com/evidence; no spaces and no '+'.",
    };

    private static readonly Option<string> KeyOut = new("--out")
    {
        HelpName = "FILE",
        Description = "The file of the private key (mode 0600); the public half goes to FILE.pub. Neither may exist.",
        Required = true,
    };

    private static readonly Option<bool> ForWitness = new("--witness") { Description = "Make a witness's cosignature key." };

    private static readonly Argument<string> Entries = new("entries")
    {
        Description = "A file of decisions, one JSON object a line (docs/formats/decisions.md).",
    };

    private static readonly Option<bool> Raw = new("--raw")
    {
        Description = "Append each line as it is, whatever it holds, instead of decisions.",
    };

    private static readonly Option<int> Batch = new("--batch")
    {
        HelpName = "ENTRIES",
        Description = "Entries that become durable together, 1 to 8192; each line that is printed says that a batch is on the disk.",
        DefaultValueFactory = static _ => DefaultBatch,
    };

    private static readonly Option<bool> Fold = new("--fold")
    {
        Description = "Read every entry from the first instead of going on from a snapshot.",
    };

    public static Command Create() => new("log", "Keep decisions in a transparency log that nobody can alter unseen.")
    {
        Subcommands =
        {
            MakeKey(), Init(), Append(), Show(), LogProofVerbs.Prove(), LogProofVerbs.Verify(), Fsck(),
            LogThirdPartyVerbs.Witness(), LogThirdPartyVerbs.Cosign(), LogThirdPartyVerbs.Timestamp(),
        },
    };

    private static VerbCommand MakeKey() => new("key", "Make a signing key; the private half is written to a file and never shown.")
    {
        Arguments = { Name },
        Options = { KeyOut, ForWitness },
        Examples =
        [
            ("A key for a log", "stillwatch log key example.com/evidence --out evidence.key"),
            ("A key for a witness", "stillwatch log key witness.example/w1 --witness --out witness.key"),
        ],
        Work = static async (parsed, _, cancellation) =>
        {
            var (name, path) = (parsed.GetRequiredValue(Name), parsed.GetRequiredValue(KeyOut));
            if (!NoteName.IsValid(name))
            {
                throw new UnusableException($"'{name}' is no name for a key: it must not be empty or hold spaces or '+'.");
            }

            if (File.Exists(path) || File.Exists($"{path}.pub"))
            {
                throw new UnusableException($"{path} or {path}.pub exists; a key is never overwritten.");
            }

            ResultTarget.Check(path);
            var type = parsed.GetValue(ForWitness) ? NoteKeyType.Cosignature : NoteKeyType.Ed25519;
            var key = SigningKeyFile.Create(path, name, type);
            await File.WriteAllTextAsync($"{path}.pub", $"{key}\n", cancellation);
            await WriteAsync($"{key}\n", cancellation);
            return ExitStatus.Done;
        },
    };

    private static VerbCommand Init() => new("init", "Make an empty log.")
    {
        Options = { Log, Key },
        Examples = [("A log in ./evidence", "stillwatch log init --log evidence --key evidence.key")],
        Work = static async (parsed, _, cancellation) =>
        {
            using var key = SigningKeyFile.Read(parsed.GetRequiredValue(Key));
            await using var log = LogWriter.Create(parsed.GetRequiredValue(Log), key);
            await WriteAsync(Encoding.UTF8.GetString(log.Checkpoint.ToBytes()), cancellation);
            return ExitStatus.Done;
        },
    };

    private static VerbCommand Append() => new("append", "Append decisions; ends once they are on the disk under a published checkpoint.")
    {
        Arguments = { Entries },
        Options = { Log, Key, Raw, Batch },
        Examples = [("Record what a person decided", "stillwatch log append decision.json --log evidence --key evidence.key")],
        Work = static async (parsed, _, cancellation) =>
        {
            using var key = SigningKeyFile.Read(parsed.GetRequiredValue(Key));
            var entries = ReadEntries(parsed.GetRequiredValue(Entries), parsed.GetValue(Raw));
            await using var log = await LogWriter.OpenWaitingAsync(parsed.GetRequiredValue(Log), key, cancellation: cancellation);
            foreach (var batch in entries.Chunk(ReadBatch(parsed)))
            {
                var first = await log.AppendAsync(batch, cancellation);
                await WriteAsync(Text($"{batch.Length} entries from {first} on\n"), cancellation);
            }

            await log.PublishAsync();
            new DecisionLog(parsed.GetRequiredValue(Log)).KeepIfWorthwhile(key, cancellation);
            await WriteAsync(Text($"published under a checkpoint of {log.Checkpoint.Checkpoint.Size}\n"), cancellation);
            return ExitStatus.Done;
        },
    };

    private static VerbCommand Show() => new("show", "Show the checkpoint, and what the log says about each subject.")
    {
        Options = { Log, VerifierKey, Fold },
        Examples = [("What stands?", "stillwatch log show --log evidence --vkey evidence.key.pub")],
        Work = static async (parsed, _, cancellation) =>
        {
            var key = TransparencyOptions.ReadVerifierKey(parsed.GetRequiredValue(VerifierKey));
            var directory = parsed.GetRequiredValue(Log);
            var state = new DecisionLog(directory).Read(key, useSnapshot: !parsed.GetValue(Fold), cancellation);
            await WriteAsync(Describe(key.Name, state), cancellation);
            return ExitStatus.Done;
        },
    };

    private static VerbCommand Fsck() => new("fsck", "Derive every tile and the root again from the entries, and compare.")
    {
        Options = { Log, VerifierKey },
        Examples = [("Is the log whole?", "stillwatch log fsck --log evidence --vkey evidence.key.pub")],
        Work = static async (parsed, terminal, cancellation) =>
        {
            var key = TransparencyOptions.ReadVerifierKey(parsed.GetRequiredValue(VerifierKey));
            var report = LogFsck.Run(parsed.GetRequiredValue(Log), key, cancellation: cancellation);
            foreach (var fault in report.Faults)
            {
                terminal.Fault($"{fault.Path}: {fault.Reason}");
            }

            var verdict = report.IsWhole ? "whole" : "damaged";
            await WriteAsync(Text($"{verdict}: {report.Entries:#,0} entries, {report.Files:#,0} files compared\n"), cancellation);
            if (report.Unpublished > 0)
            {
                await WriteAsync(Text($"{report.Unpublished:#,0} entries are durable but not published yet\n"), cancellation);
            }

            return report.IsWhole ? ExitStatus.Done : ExitStatus.Failed;
        },
    };

    private static int ReadBatch(ParseResult parsed) =>
        parsed.GetValue(Batch) is >= 1 and <= LogOptions.DefaultMaxBatchEntries and var batch
        ? batch
        : throw new UnusableException($"--batch takes 1 to {LogOptions.DefaultMaxBatchEntries} entries.");

    private static List<ReadOnlyMemory<byte>> ReadEntries(string path, bool isRaw)
    {
        var entries = new List<ReadOnlyMemory<byte>>();
        foreach (var line in File.ReadLines(path))
        {
            var bytes = Encoding.UTF8.GetBytes(line);
            if (bytes.Length > EntryBundle.MaxEntryBytes)
            {
                throw new UnusableException(
                    $"{path}:{entries.Count + 1} has {bytes.Length} bytes; an entry has at most {EntryBundle.MaxEntryBytes}.");
            }

            entries.Add(isRaw ? bytes : ReadDecision(path, entries.Count + 1, bytes));
        }

        return entries;
    }

    private static ReadOnlyMemory<byte> ReadDecision(string path, int line, byte[] bytes)
    {
        try
        {
            return DecisionEntry.Parse(Evidence.CanonicalJson.JsonCanonicalization.Canonicalize(bytes)).Bytes;
        }
        catch (InvalidDataException fault)
        {
            throw new UnusableException($"{path}:{line}: {fault.Message} --raw appends any line.");
        }
    }

    private static string Describe(string origin, DecisionState state)
    {
        var text = new StringBuilder(Text($"{origin}: {state.Size:#,0} entries, root {state.Root}\n"));
        foreach (var (kind, count) in state.Counts)
        {
            text.Append(Text($"  {count,10:#,0} {Printable.Clean(kind)}\n"));
        }

        foreach (var subject in state.Subjects)
        {
            var verdict = subject.Verdict is null ? "no verdict" : Text($"{subject.Verdict} (entry {subject.VerdictIndex})");
            var mark = subject.IsOverridden ? ", by a person" : string.Empty;
            var step = subject.Step is null ? string.Empty : $", case {subject.Step}";
            text.Append(Printable.Clean(Text($"{subject.Subject}: {verdict}{mark}{step}, {subject.Entries} entries"))).Append('\n');
        }

        return text.ToString();
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static Task WriteAsync(string text, CancellationToken cancellation) =>
        ResultTarget.WriteAsync(null, async (stream, token) => await stream.WriteAsync(Encoding.UTF8.GetBytes(text), token), cancellation);
}
