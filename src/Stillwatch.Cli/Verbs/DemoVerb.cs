using System.CommandLine;
using Stillwatch.Cli.Output;
using Stillwatch.Evaluation;
using Stillwatch.Hunting;
using Stillwatch.Interactions.Reading;
using Stillwatch.Reporting;
using Stillwatch.Simulation;
using Stillwatch.Simulation.Scenarios;
using Stillwatch.Store;

namespace Stillwatch.Cli.Verbs;

/// <summary>Shows the main job from end to end on a simulated provider's fortnight.</summary>
internal static class DemoVerb
{
    private const string DefaultDirectory = "./stillwatch-demo";
    private const string ReportFile = "report.html";
    private const string FindingsFile = "findings.json";

    private static readonly Option<string> Out = new("--out")
    {
        HelpName = "DIRECTORY",
        Description = "Where the simulated logs, the truth and the report are written; it is made if need be.",
        DefaultValueFactory = _ => DefaultDirectory,
    };

    private static readonly Option<ulong> Seed = new("--seed")
    {
        HelpName = "N",
        Description = "Another fortnight.",
        DefaultValueFactory = _ => SimulationOptions.DefaultSeed,
    };

    public static VerbCommand Create() => new("demo", "Simulate a provider's fortnight with hidden campaigns, hunt, compare with truth.")
    {
        Options = { Out, Seed },
        Examples =
        [
            ("See what Stillwatch does", "stillwatch demo"),
            ("Another fortnight", "stillwatch demo --seed 2 --out demo-2"),
        ],
        Work = RunAsync,
    };

    private static async Task<int> RunAsync(ParseResult parsed, Terminal terminal, CancellationToken cancellation)
    {
        var directory = parsed.GetRequiredValue(Out);
        await SimulateAsync(directory, parsed.GetValue(Seed), terminal, cancellation);
        var result = await HuntAsync(directory, terminal, cancellation);
        var report = Path.Combine(directory, ReportFile);
        await HuntVerb.WriteAsync("html", report, result, cancellation);
        await HuntVerb.WriteAsync("json", Path.Combine(directory, FindingsFile), result, cancellation);
        var truth = await TruthAsync(directory, cancellation);
        var evaluation = FindingsEvaluator.Evaluate(result.Findings, truth);
        await Terminal.WriteReportAsync(
            path: null,
            console =>
            {
                var writer = console.Profile.Out.Writer;
                HuntTable.Write(result, writer, HuntVerb.TableFor(console));
                writer.WriteLine();
                writer.WriteLine("Against the truth, which the hunt did not see:");
                writer.WriteLine();
                EvaluationTables.Write(evaluation, console);
                writer.WriteLine();
                writer.WriteLine($"Report: {Path.GetFullPath(report)} (open it in a browser)");
                writer.WriteLine($"Logs, truth and findings: {Path.GetFullPath(directory)}");
                writer.WriteLine($"Next: {Next(directory)}");
            },
            cancellation);
        return ExitStatus.Done;
    }

    private static string Next(string directory)
    {
        var logs = Path.Combine(directory, SimulationWriter.InteractionsFile);
        var accounts = Path.Combine(directory, SimulationWriter.AccountsFile);
        return $"./stillwatch replay '{logs}' --accounts '{accounts}' --every 6h";
    }

    private static async Task SimulateAsync(string directory, ulong seed, Terminal terminal, CancellationToken cancellation)
    {
        var traffic = SimulatedTraffic.Create(BuiltInScenarios.Get("demo"), new SimulationOptions { Seed = seed }, cancellation);
        await terminal.WithProgressAsync(display =>
        {
            new SimulationWriter(traffic).Write(directory, new DirectProgress<SimulationProgress>(value =>
                display.Report("simulating", value.Interactions, value.Total, "interactions")), cancellation);
            return Task.FromResult(0);
        });
    }

    private static async Task<HuntResult> HuntAsync(string directory, Terminal terminal, CancellationToken cancellation)
    {
        var temporary = Directory.CreateTempSubdirectory("stillwatch-").FullName;
        try
        {
            await using var store = await InteractionStore.OpenAsync(temporary, null, cancellation);
            return await terminal.WithProgressAsync(async display =>
            {
                var logs = InputDiscovery.Find([Path.Combine(directory, SimulationWriter.InteractionsFile)]);
                await store.IngestAsync(logs, null, new IngestDisplay(display), cancellation);
                var registrations = InputDiscovery.Find([Path.Combine(directory, SimulationWriter.AccountsFile)]);
                await RegistrationFiles.ReadAsync(store, registrations, new IngestOptions(), cancellation);
                return await new Hunt(store, new HuntOptions { Pictures = true }).RunAsync(new HuntDisplay(display), cancellation);
            });
        }
        finally
        {
            Directory.Delete(temporary, recursive: true);
        }
    }

    private static async Task<Truth> TruthAsync(string directory, CancellationToken cancellation)
    {
        var path = Path.Combine(directory, SimulationWriter.TruthFile);
        await using var file = InputStream.Open(path);
        return await TruthReader.ReadAsync(file, path, cancellation);
    }
}
