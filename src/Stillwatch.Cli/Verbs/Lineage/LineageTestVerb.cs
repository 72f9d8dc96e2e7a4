using System.CommandLine;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Stillwatch.Cli.Output;
using Stillwatch.Cli.Verbs.Marks;
using Stillwatch.Evidence.CanonicalJson;
using Stillwatch.Evidence.Signing;
using Stillwatch.Evidence.Storage;
using Stillwatch.Gateway.Responses;
using Stillwatch.Provenance.Reports;
using Stillwatch.Provenance.Watermarking;

namespace Stillwatch.Cli.Verbs.Lineage;

/// <summary>Tests whether a suspect was trained on our outputs, and writes a report that anybody can compute again.</summary>
internal static class LineageTestVerb
{
    private const int MaxKeys = 100_000;
    private const int MaxCohortBytes = 1 << 25;

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static VerbCommand Create() => new("test", "Test a suspect by what it says: marks, canaries, agreement with a teacher.")
    {
        Arguments = { LineageOptions.Outputs },
        Options =
        {
            LineageOptions.Suspect, LineageOptions.Secret, MarkOptions.Tenant, MarkOptions.Cohort, MarkOptions.Epoch, MarkOptions.Width,
            LineageOptions.Cohorts, LineageOptions.Log, LineageOptions.VerifierKey, LineageOptions.Words, LineageOptions.Vocabulary,
            LineageOptions.Reference, LineageOptions.Marked, LineageOptions.Probabilities, LineageOptions.ReferenceProbabilities,
            LineageOptions.Canaries, LineageOptions.Teacher, LineageOptions.Control, LineageOptions.Logits, LineageOptions.OwnLogits,
            LineageOptions.Level, LineageOptions.Require, LineageOptions.Format, LineageOptions.Out, LineageOptions.Sign,
        },
        Examples =
        [
            ("Does it carry the mark of a cohort?",
                "stillwatch lineage test said.jsonl --secret marks.secret --cohort free --reference plain.jsonl "
                + "--log evidence --vkey evidence.key.pub --out report"),
            ("Whose outputs was it trained on?",
                "stillwatch lineage test said.jsonl --secret marks.secret --cohorts customers.txt --log evidence --vkey evidence.key.pub"),
            ("Ask it, canaries too",
                "stillwatch lineage test --api https://api.example/v1 --model m --api-key-env KEY --prompts prompts.txt "
                + "--answers said.jsonl --canaries traps.json --log evidence --vkey evidence.key.pub --out report"),
            ("Without a mark",
                "stillwatch lineage test said.jsonl --teacher ours.jsonl --control other.jsonl --control third.jsonl --level 0.01"),
        ],
        Work = RunAsync,
    };

    private static async Task<int> RunAsync(ParseResult parsed, Terminal terminal, CancellationToken cancellation)
    {
        Check(parsed);
        var book = parsed.GetValue(LineageOptions.Canaries) is { } file ? ReadBook(file) : null;
        var marks = ReadMarks(parsed);
        try
        {
            var commitments = FindCommitments(parsed, marks, book);
            var answers = await InterviewOptions.AskAsync(parsed, CuesOf(book), terminal, cancellation);
            var inputs = LineageInputFiles.ReadAll(parsed, answers);
            using var signer = parsed.GetValue(LineageOptions.Sign) is { } key ? SigningKeyFile.Read(key) : null;
            var request = new LineageRequest
            {
                Suspect = Printable.Clean(parsed.GetRequiredValue(LineageOptions.Suspect)),
                Software = VersionVerb.Software,
                MadeAt = Precommitment.Time(TimeProvider.System.GetUtcNow()),
                Settings = SettingsOf(parsed, marks, book),
                Inputs = inputs,
                Precommitments = commitments.Precommitments,
                SignedBy = signer?.VerifierKey.ToString(),
            };
            var secrets = new LineageSecrets
            {
                Marks = marks.ToDictionary(static mark => mark.Id, static mark => mark.Bits),
                Canaries = book?.Pairs,
            };
            var report = LineageReport.Compute(request, secrets, cancellation);
            if (parsed.GetValue(LineageOptions.Out) is { } target)
            {
                var files = LineageReportFiles.Make(report, inputs, commitments.Entries, commitments.Timestamps, signer);
                await ReportTarget.WriteAsync(files, target, cancellation);
            }

            await SayAsync(parsed, report, cancellation);
            return HasFound(report) || !parsed.GetValue(LineageOptions.Require) ? ExitStatus.Done : ExitStatus.Failed;
        }
        finally
        {
            marks.ToList().ForEach(static mark => mark.Dispose());
        }
    }

    /// <summary>What is certain to fail later fails before a suspect is asked.</summary>
    private static void Check(ParseResult parsed)
    {
        if (parsed.GetValue(LineageOptions.Level) is not (> 0 and < 1))
        {
            throw new UnusableException("--level takes a probability above 0 and below 1.");
        }

        if (parsed.GetValue(LineageOptions.Vocabulary) is not (>= 2 and <= 1_000_000))
        {
            throw new UnusableException("--vocabulary takes 2 to 1000000 words.");
        }

        if ((parsed.GetValue(LineageOptions.Log) is null) != (parsed.GetValue(LineageOptions.VerifierKey) is null))
        {
            throw new UnusableException("--log and --vkey go together.");
        }

        if (parsed.GetValue(LineageOptions.Cohorts) is not null && (parsed.GetValue(LineageOptions.Marked) ?? []).Length > 0)
        {
            throw new UnusableException("--marked goes with one key: the texts of a cohort carry its mark only.");
        }

        if (parsed.GetValue(LineageOptions.Out) is { } target)
        {
            ReportTarget.Check(target);
        }
        else if (parsed.GetValue(LineageOptions.Sign) is not null)
        {
            throw new UnusableException("--sign goes with --out: what is signed is the report's list of files.");
        }
    }

    private static LineageSettings SettingsOf(ParseResult parsed, IReadOnlyList<MarkKey> marks, TrapBook? book) => new()
    {
        Level = parsed.GetValue(LineageOptions.Level),
        Width = MarkOptions.LabelOf(parsed, "any").ContextWidth,
        Vocabulary = parsed.GetValue(LineageOptions.Vocabulary),
        Marks = [.. marks.Select(static mark => new MarkReference(mark.Id, mark.Commitment))],
        Canaries = book is null ? null : new(book.Subject, book.Commitment, book.Pairs.Count),
    };

    private static TrapBook ReadBook(string path)
    {
        try
        {
            return TrapBook.Read(path);
        }
        catch (InvalidDataException fault)
        {
            throw new InvalidDataException($"{path}: {fault.Message}", fault);
        }
    }

    /// <summary>Cues in an order that follows from them alone, so that it tells nothing of the coin.</summary>
    private static IReadOnlyList<string> CuesOf(TrapBook? book) =>
        [.. (book?.Pairs ?? []).SelectMany(static pair => new[] { pair.Published.Cue, pair.Withheld.Cue }).Order(StringComparer.Ordinal)];

    private static IReadOnlyList<MarkKey> ReadMarks(ParseResult parsed)
    {
        if (parsed.GetValue(LineageOptions.Secret) is not { } path)
        {
            return parsed.GetValue(LineageOptions.Cohorts) is null
                ? []
                : throw new UnusableException("--cohorts needs --secret, from which their keys are derived.");
        }

        var bytes = SecretFile.Read(path, MarkMasterSecret.Bytes);
        using var secret = new MarkMasterSecret(bytes);
        CryptographicOperations.ZeroMemory(bytes);
        return [.. CohortsOf(parsed).Select(cohort => secret.Derive(MarkOptions.LabelOf(parsed, cohort)))];
    }

    private static List<string> CohortsOf(ParseResult parsed)
    {
        if (parsed.GetValue(LineageOptions.Cohorts) is not { } path)
        {
            return [parsed.GetRequiredValue(MarkOptions.Cohort)];
        }

        var text = System.Text.Encoding.UTF8.GetString(TransparencyOptions.ReadBounded(path, MaxCohortBytes));
        var names = text.Split('\n').Select(static line => line.Trim()).Where(static line => line.Length > 0).Distinct().ToList();
        return names.Count is > 0 and <= MaxKeys ? names : throw new UnusableException($"{path}: 1 to {MaxKeys} cohorts, a name a line.");
    }

    private static LineageCommitments FindCommitments(ParseResult parsed, IReadOnlyList<MarkKey> marks, TrapBook? book)
    {
        if (parsed.GetValue(LineageOptions.Log) is not { } log)
        {
            return LineageCommitments.None;
        }

        var wanted = marks.Select(static mark => (MarkCommitment.SubjectOf(mark), mark.Commitment)).ToList();
        if (book is not null)
        {
            wanted.Add((book.Subject, book.Commitment));
        }

        return LineageCommitments.Find(
            log, TransparencyOptions.ReadVerifierKey(parsed.GetRequiredValue(LineageOptions.VerifierKey)!), wanted);
    }

    private static Task SayAsync(ParseResult parsed, JsonObject report, CancellationToken cancellation)
    {
        var canonical = LineageReportFiles.Parse(JsonCanonicalization.Canonicalize(report));
        var said = parsed.GetRequiredValue(LineageOptions.Format) == "json"
            ? $"{canonical.ToJsonString(Indented)}\n"
            : Printable.CleanLines(LineageText.Write(canonical));
        return CaseOptions.SayAsync(said, cancellation);
    }

    private static bool HasFound(JsonObject report) => report["tests"]!.AsArray()
        .SelectMany(static test => test!["rows"] as JsonArray ?? [])
        .Any(static row => (bool?)row!["found"] == true);
}
