using System.CommandLine;
using Spectre.Console;
using Stillwatch.Campaigns;
using Stillwatch.Cli.Output;
using Stillwatch.Cli.Verbs.Sharing;
using Stillwatch.Hunting;
using Stillwatch.Reporting;

namespace Stillwatch.Cli.Verbs;

/// <summary>Finds campaigns in logs.</summary>
internal static class HuntVerb
{
    private static readonly LogArguments Logs = LogStore.Arguments();
    private static readonly HuntSettings Settings = new();
    private static readonly Option<string> Format = CommonOptions.Format("table", "json", "html");
    private static readonly Option<string?> Out = CommonOptions.Out();

    private static readonly Option<string[]> Indicators = IndicatorFiles.Option();

    private static readonly Option<string?> Report = new("--report")
    {
        HelpName = "FILE",
        Description = "Where an HTML report goes besides: one file that opens in any browser, offline.",
    };

    public static VerbCommand Create()
    {
        var verb = new VerbCommand("hunt", "Find the accounts that act as one operator to harvest the model, say why, and how sure it is.")
        {
            Options = { Format, Out, Report, Indicators },
            Examples =
            [
                ("Look through a fortnight of logs", "stillwatch hunt logs/ --accounts accounts.jsonl.gz"),
                ("Findings for a script, and a report for people",
                    "stillwatch hunt logs/ --format json --out findings.json --report report.html"),
                ("Read new logs into a store and hunt all it holds", "stillwatch hunt today.jsonl.gz --store ./stillwatch-data"),
                ("Look also for what others shared", "stillwatch hunt logs/ --indicators bundle.json"),
                ("Hunt what a ClickHouse server holds", "stillwatch hunt --store http://localhost:8123/stillwatch"),
            ],
            Work = RunAsync,
        };
        Logs.AddTo(verb);
        Settings.AddTo(verb);
        return verb;
    }

    private static async Task<int> RunAsync(ParseResult parsed, Terminal terminal, CancellationToken cancellation)
    {
        var format = parsed.GetRequiredValue(Format);
        var report = parsed.GetValue(Report);
        CheckTargets(parsed.GetValue(Out), report);
        var import = await IndicatorFiles.ReadAsync(parsed.GetValue(Indicators) ?? [], terminal, cancellation);
        var options = Settings.Of(parsed, pictures: format == "html" || report is not null) with { Indicators = import.Indicators };
        await using var logs = await LogStore.OpenAsync(Logs, parsed, terminal, cancellation);
        var found = await terminal.WithProgressAsync(display =>
            new Hunt(logs.Store, options).RunAsync(new HuntDisplay(display), cancellation));
        Tell(found, terminal);
        var result = found with { Findings = found.Findings with { Rejected = logs.Rejected } };
        if (report is not null)
        {
            await WriteAsync("html", report, result, cancellation);
        }

        await WriteAsync(format, parsed.GetValue(Out), result, cancellation);
        return ExitStatus.Done;
    }

    private static void Tell(HuntResult found, Terminal terminal)
    {
        foreach (var broad in found.Indicators.Where(static use => use.IsTooBroad))
        {
            terminal.Warn($"{broad.Indicator.Id} holds for {broad.Accounts} accounts, too many to mean anything, and did nothing");
        }
    }

    private static void CheckTargets(string? target, string? report)
    {
        ResultTarget.Check(target);
        ResultTarget.Check(report);
        if (report is not null && target is not null && Path.GetFullPath(report) == Path.GetFullPath(target))
        {
            throw new UnusableException($"--out and --report both name {report}; give each a file of its own.");
        }
    }

    /// <summary>Writes a result in one of the formats.</summary>
    public static Task WriteAsync(string format, string? path, HuntResult result, CancellationToken cancellation) => format switch
    {
        "json" => ResultTarget.WriteAsync(path, (stream, token) => FindingsJson.WriteAsync(stream, result.Findings, token), cancellation),
        "html" => ResultTarget.WriteAsync(
            path,
            (stream, _) =>
            {
                HuntHtml.Write(result, stream);
                return Task.CompletedTask;
            },
            cancellation),
        _ => Terminal.WriteReportAsync(path, console => HuntTable.Write(
            result,
            console.Profile.Out.Writer,
            TableFor(console)), cancellation),
    };

    /// <summary>The table as it fits a console.</summary>
    public static TableOptions TableFor(IAnsiConsole console) => new()
    {
        Width = console.Profile.Width,
        Colour = console.Profile.Capabilities.ColorSystem != ColorSystem.NoColors,
    };
}
