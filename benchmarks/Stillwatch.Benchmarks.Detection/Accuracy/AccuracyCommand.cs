using System.Diagnostics;
using System.Globalization;
using Stillwatch.Benchmarks.Detection.Commands;
using Stillwatch.Benchmarks.Detection.Worlds;
using Stillwatch.Evaluation;
using Stillwatch.Interactions;

namespace Stillwatch.Benchmarks.Detection.Accuracy;

/// <summary>Who is found and who is wronged in whole logs: the product's defaults on worlds of scenario files.</summary>
internal static class AccuracyCommand
{
    /// <summary>How it is called.</summary>
    public const string Usage =
        $"""
          accuracy SCENARIO... {WorldSettings.Usage}
                 accounts of campaigns found, and benign accounts acted on by class, in worlds of scenario files
        """;

    /// <summary>Runs the command.</summary>
    public static Task<int> RunAsync(IReadOnlyList<string> arguments) => CommandRun.RunAsync(cancellation =>
        RunAsync(new CommandArguments(arguments, WorldSettings.Options), Console.Out, cancellation));

    private static async Task RunAsync(CommandArguments arguments, TextWriter writer, CancellationToken cancellation)
    {
        var settings = WorldSettings.OfOptions(arguments);
        var scenarios = ScenarioFile.ReadAll(arguments, "accuracy");
        AccuracyTables.Write(await MeasureAsync(settings, scenarios, cancellation), writer);
    }

    /// <summary>Makes and hunts the worlds of scenarios.</summary>
    public static async Task<IReadOnlyList<AccuracyOutcome>> MeasureAsync(
        WorldSettings settings, IReadOnlyList<IScenario> scenarios, CancellationToken cancellation)
    {
        var file = OutcomeFile<AccuracyOutcome>.Open(settings.Results);
        var outcomes = new List<AccuracyOutcome>();
        foreach (var scenario in scenarios)
        {
            foreach (var seed in settings.Seeds)
            {
                var setting = $"{settings.Source.Name}: {scenario.Name}";
                outcomes.Add(await file.GetAsync(
                    setting, seed, () => MeasureAsync(settings.Hunt, scenario, setting, seed, cancellation)));
            }
        }

        return outcomes;
    }

    private static async Task<AccuracyOutcome> MeasureAsync(
        WorldHunt hunt, IScenario scenario, string setting, ulong seed, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        var outcome = await hunt.WithWorldAsync(scenario, seed, Hunted, cancellation);
        CommandRun.Note(string.Create(
            CultureInfo.InvariantCulture,
            $"{setting}, seed {seed}: {outcome.Found.Count} of {outcome.Found.Of} campaign accounts, {outcome.Wronged.Count} of "
            + $"{outcome.Wronged.Of} benign, {clock.Elapsed.TotalSeconds:0} s"));
        return outcome;

        async Task<AccuracyOutcome> Hunted(string world)
        {
            var findings = await hunt.HuntAsync(world, ContentPolicy.Default, cancellation);
            var report = FindingsEvaluator.Evaluate(findings, await WorldHunt.TruthAsync(world, cancellation));
            return AccuracyOutcome.Of(setting, seed, findings.Interactions, report);
        }
    }
}
