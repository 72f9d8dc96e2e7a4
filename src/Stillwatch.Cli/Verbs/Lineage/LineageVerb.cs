using System.CommandLine;
using System.Text;
using Stillwatch.Cli.Output;
using Stillwatch.Cli.Verbs.Marks;
using Stillwatch.Evidence.Dossiers;
using Stillwatch.Evidence.TransparencyLog.Proofs;
using Stillwatch.Gateway.Responses;

namespace Stillwatch.Cli.Verbs.Lineage;

/// <summary>Whether a model was trained on our outputs: tests, and reports that others verify.</summary>
internal static class LineageVerb
{
    private static readonly Argument<string> Report = new("report") { Description = "The report: a zip file or a folder." };

    private static readonly Option<string?> VerifierKey = new("--vkey")
    {
        HelpName = "VKEY|FILE",
        Description = "The log's verifier key, from somebody you trust; or --policy. For reports with commitments or a signature.",
    };

    /// <summary>Keys for a verifier.</summary>
    public static Option<string[]> Keys { get; } = new("--key")
    {
        HelpName = "FILE",
        Description = "A key of the report's marks, as 'stillwatch mark reveal' wrote it, one or more a file. May be repeated.",
        DefaultValueFactory = static _ => [],
    };

    /// <summary>The book for a verifier.</summary>
    public static Option<string?> Book { get; } = new("--book")
    {
        HelpName = "FILE",
        Description = "The book of the report's canaries.",
    };

    /// <summary>Do without secrets.</summary>
    public static Option<bool> IntegrityOnly { get; } = new("--integrity-only")
    {
        Description = "Verify all but the figures whose key or book is not given.",
    };

    public static Command Create() => new("lineage", "Whether a model was trained on our outputs: tests, and reports that others verify.")
    {
        Subcommands = { TestVerb(), Verify(), LineageTokenizeVerb.Create() },
    };

    /// <summary>Verifies a report and says what holds; gives the exit status.</summary>
    public static async Task<int> VerifyAsync(
        LineageReportVerifier verifier, ParseResult parsed, Terminal terminal, CancellationToken cancellation)
    {
        var keys = (parsed.GetValue(Keys) ?? []).SelectMany(KeyLines.Read).ToList();
        var book = parsed.GetValue(Book) is { } path ? TrapBook.Read(path) : null;
        return await SayAsync(verifier.Verify(keys, book, parsed.GetValue(IntegrityOnly), cancellation), terminal, cancellation);
    }

    /// <summary>Says what was checked; gives the exit status.</summary>
    public static async Task<int> SayAsync(IReadOnlyList<DossierCheck> checks, Terminal terminal, CancellationToken cancellation)
    {
        var text = new StringBuilder();
        foreach (var check in checks)
        {
            text.Append(check.Holds ? "ok      " : "FAILED  ").Append(check.What).Append('\n');
            check.Faults.ToList().ForEach(fault => terminal.Fault(Printable.Clean(fault)));
        }

        var holds = checks.All(static check => check.Holds);
        text.Append(holds ? "verified\n" : "not verified\n");
        await CaseOptions.SayAsync(text.ToString(), cancellation);
        return holds ? ExitStatus.Done : ExitStatus.Failed;
    }

    private static VerbCommand TestVerb()
    {
        var verb = LineageTestVerb.Create();
        foreach (var option in InterviewOptions.All)
        {
            verb.Add(option);
        }

        return verb;
    }

    private static VerbCommand Verify() => new("verify", "Verify a report offline: files, commitments, and every figure computed again.")
    {
        Arguments = { Report },
        Options = { VerifierKey, TrustOptions.Policy, TrustOptions.Roots, Keys, Book, IntegrityOnly },
        Examples =
        [
            ("All of it", "stillwatch lineage verify report --vkey evidence.key.pub --key free.key.json"),
            ("Without the key", "stillwatch lineage verify report --vkey evidence.key.pub --integrity-only"),
        ],
        Work = static async (parsed, terminal, cancellation) =>
        {
            var trust = (parsed.GetValue(VerifierKey), parsed.GetValue(TrustOptions.Policy)) switch
            {
                (null, null) => null,
                ({ } key, null) => TrustPolicy.Of(TransparencyOptions.ReadVerifierKey(key)),
                (null, { } policy) => TransparencyOptions.ReadPolicy(policy),
                _ => throw new UnusableException("--vkey or --policy, not both."),
            };
            var authorities = parsed.GetValue(TrustOptions.Roots) is { } roots ? TransparencyOptions.ReadCertificates(roots) : null;
            var files = DossierFiles.Read(parsed.GetRequiredValue(Report));
            return LineageReportFiles.Are(files)
                ? await VerifyAsync(new(files, trust, authorities), parsed, terminal, cancellation)
                : throw new UnusableException("this is no report of a lineage test: it has no report.json.");
        },
    };
}
