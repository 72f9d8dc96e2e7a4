using System.Globalization;
using Stillwatch.Benchmarks.Detection.Commands;
using Stillwatch.Benchmarks.Detection.Evasion;
using Stillwatch.Benchmarks.Detection.Metrics;
using Stillwatch.Benchmarks.Detection.Worlds;
using Stillwatch.Campaigns;
using Stillwatch.Evaluation;
using Stillwatch.Hunting;

namespace Stillwatch.Benchmarks.Detection.Ablation;

/// <summary>What each kind of evidence is worth: the same worlds with all of it, with one side alone, and without each kind.</summary>
internal static class AblationCommand
{
    /// <summary>How it is called.</summary>
    public const string Usage =
        $"""
          ablation SCENARIO... {WorldSettings.Usage}
                 worlds of scenario files hunted with some kinds of evidence only
        """;

    /// <summary>Runs the command.</summary>
    public static Task<int> RunAsync(IReadOnlyList<string> arguments) => CommandRun.RunAsync(cancellation =>
        RunAsync(new CommandArguments(arguments, WorldSettings.Options), Console.Out, cancellation));

    private static async Task RunAsync(CommandArguments arguments, TextWriter writer, CancellationToken cancellation)
    {
        var settings = WorldSettings.OfOptions(arguments);
        var scenarios = ScenarioFile.ReadAll(arguments, "ablation");
        var file = OutcomeFile<AblationOutcome>.Open(settings.Results);
        foreach (var scenario in scenarios)
        {
            var outcomes = new List<AblationOutcome>();
            foreach (var seed in settings.Seeds)
            {
                var setting = $"{settings.Source.Name}: {scenario.Name}";
                outcomes.Add(await file.GetAsync(setting, seed, () => MeasureAsync(settings.Hunt, scenario, setting, seed, cancellation)));
            }

            writer.WriteLine(Line($"{outcomes[0].Setting}; seeds: {string.Join(", ", settings.Seeds)}.\n"));
            Table(outcomes).Write(writer);
        }
    }

    private static MarkdownTable Table(IReadOnlyList<AblationOutcome> outcomes)
    {
        var table = new MarkdownTable(
            "evidence", "campaigns found, %", "campaign accounts acted on, %", "of these to be blocked, %", "benign acted on, %");
        foreach (var subset in EvidenceSubset.All)
        {
            var hunts = outcomes.Select(outcome => outcome.Hunts[subset.Name]).ToList();
            var cells = new OutcomeCells([.. hunts.Select(static hunt => hunt.Outcome)]);
            var (blocked, acted) = (hunts.Sum(static hunt => hunt.Blocked), hunts.Sum(static hunt => hunt.Outcome.GuiltyActed));
            table.Add(
                subset.Name, cells.CampaignRecall, cells.AccountRecall, acted == 0 ? "–" : Line($"{100.0 * blocked / acted:0.0}"),
                cells.Benign);
        }

        return table;
    }

    private static async Task<AblationOutcome> MeasureAsync(
        WorldHunt hunt, IScenario scenario, string setting, ulong seed, CancellationToken cancellation)
    {
        var hunts = await hunt.WithWorldAsync(scenario, seed, HuntedAsync, cancellation);
        CommandRun.Note(Line($"{setting}, seed {seed}: {hunts.Count} hunts"));
        return new() { Setting = setting, Seed = seed, Hunts = hunts };

        async Task<Dictionary<string, AblatedHunt>> HuntedAsync(string world)
        {
            var truth = await WorldHunt.TruthAsync(world, cancellation);
            var findings = await hunt.HuntAsync(
                world, [.. EvidenceSubset.All.Select(static subset => new HuntOptions { Evidence = new() { Without = subset.Without } })],
                cancellation);
            return EvidenceSubset.All.Zip(findings).ToDictionary(
                static pair => pair.First.Name,
                pair => new AblatedHunt(WorldOutcome.Of(setting, seed, pair.Second, truth), Blocked(pair.Second, truth)));
        }
    }

    private static long Blocked(Findings findings, Truth truth) => findings.Accounts.Count(account =>
        account.Verdict is Verdict.Block && truth.Accounts.TryGetValue(account.Account, out var label) && label.Campaign is not null);

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
