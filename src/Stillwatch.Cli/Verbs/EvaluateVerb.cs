using System.CommandLine;
using Stillwatch.Campaigns;
using Stillwatch.Cli.Output;
using Stillwatch.Evaluation;

namespace Stillwatch.Cli.Verbs;

/// <summary>Compares findings with the truth of benchmark data.</summary>
internal static class EvaluateVerb
{
    public static VerbCommand Create()
    {
        var findings = new Option<string>("--findings")
        {
            HelpName = "FILE",
            Required = true,
            Description = "What 'hunt' or 'replay' wrote with --format json.",
        };
        var truth = new Option<string>("--truth")
        {
            HelpName = "FILE",
            Required = true,
            Description = "The labels: truth.jsonl, plain or gzip. Either file may be -, standard input.",
        };
        var format = CommonOptions.Format("table", "json");
        var target = CommonOptions.Out();
        return new("evaluate", "Compare findings with the truth: precision, recall and false positives with exact 95 % intervals.")
        {
            Options = { findings, truth, format, target },
            Examples =
            [
                ("How good was the hunt?", "stillwatch evaluate --findings findings.json --truth truth.jsonl.gz"),
                ("The same for a script", "stillwatch evaluate --findings findings.json --truth truth.jsonl.gz --format json"),
            ],
            Work = async (parsed, terminal, cancellation) =>
            {
                var report = await EvaluateAsync(parsed.GetRequiredValue(findings), parsed.GetRequiredValue(truth), terminal, cancellation);
                await WriteAsync(report, parsed.GetRequiredValue(format), parsed.GetValue(target), cancellation);
                return ExitStatus.Done;
            },
        };
    }

    private static async Task<EvaluationReport> EvaluateAsync(
        string findingsPath, string truthPath, Terminal terminal, CancellationToken cancellation)
    {
        await using var findingsFile = InputStream.Open(findingsPath);
        var findings = await FindingsJson.ReadAsync(findingsFile, findingsPath, cancellation);
        await using var truthFile = InputStream.Open(truthPath);
        var truth = await TruthReader.ReadAsync(truthFile, truthPath, cancellation);
        var report = FindingsEvaluator.Evaluate(findings, truth);
        if (report.UnlabelledAccounts > 0)
        {
            terminal.Warn($"{report.UnlabelledAccounts} accounts of {findingsPath} are not labelled in {truthPath} and are left out.");
        }

        return report;
    }

    private static Task WriteAsync(EvaluationReport report, string format, string? path, CancellationToken cancellation) =>
        format == "json"
            ? ResultTarget.WriteAsync(path, (stream, token) => EvaluationJson.WriteAsync(stream, report, token), cancellation)
            : Terminal.WriteReportAsync(path, console => EvaluationTables.Write(report, console), cancellation);
}
