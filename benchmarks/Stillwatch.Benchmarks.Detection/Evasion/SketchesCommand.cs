using System.Globalization;
using Stillwatch.Benchmarks.Detection.Commands;
using Stillwatch.Benchmarks.Detection.Metrics;
using Stillwatch.Benchmarks.Detection.Worlds;
using Stillwatch.Campaigns;
using Stillwatch.Interactions;

namespace Stillwatch.Benchmarks.Detection.Evasion;

/// <summary>What a hunt loses where no text is kept.</summary>
internal static class SketchesCommand
{
    /// <summary>How it is called.</summary>
    public const string Usage =
        $"""
          sketches {WorldSettings.Usage}
                 the same worlds hunted in a store that keeps all texts and in one that keeps sketches only
        """;

    private const int Days = 14;
    private const int BenignAccounts = 3000;

    /// <summary>Runs the command.</summary>
    public static Task<int> RunAsync(IReadOnlyList<string> arguments) => CommandRun.RunAsync(cancellation =>
        RunAsync(new CommandArguments(arguments, WorldSettings.Options), Console.Out, cancellation));

    private static async Task RunAsync(CommandArguments arguments, TextWriter writer, CancellationToken cancellation)
    {
        var settings = WorldSettings.Of(arguments);
        var file = OutcomeFile<SketchOutcome>.Open(settings.Results);
        WorldScenario[] scenarios =
        [
            WorldScenario.Of("every family", Days, BenignAccounts, Campaigns.OfEveryFamily()),
            EvasionCommand.Scenario(100, 2, 0.5),
        ];
        var table = new MarkdownTable(
            "world", "kept", "campaigns found, %", "campaign accounts acted on, %", "benign acted on, %", "same findings");
        foreach (var scenario in scenarios)
        {
            var outcomes = new List<SketchOutcome>();
            foreach (var seed in settings.Seeds)
            {
                var setting = $"{settings.Source.Name}: sketches, {scenario.Name}";
                outcomes.Add(await file.GetAsync(setting, seed, () => CompareAsync(settings, scenario, setting, seed, cancellation)));
            }

            var same = Line($"{outcomes.Count(static outcome => outcome.Same)} of {outcomes.Count}");
            Add(scenario.Name, "full text", [.. outcomes.Select(static outcome => outcome.Full)], same);
            Add(scenario.Name, "sketches", [.. outcomes.Select(static outcome => outcome.Sketch)], same);
        }

        writer.WriteLine(Line($"Worlds: {settings.Source.Name}; seeds: {string.Join(", ", settings.Seeds)}.\n"));
        table.Write(writer);

        void Add(string world, string kept, IReadOnlyList<WorldOutcome> outcomes, string same)
        {
            var cells = new OutcomeCells(outcomes);
            table.Add(world, kept, cells.CampaignRecall, cells.AccountRecall, cells.Benign, same);
        }
    }

    private static Task<SketchOutcome> CompareAsync(
        WorldSettings settings, WorldScenario scenario, string setting, ulong seed, CancellationToken cancellation) =>
        settings.Hunt.WithWorldAsync(
            scenario,
            seed,
            async world =>
            {
                var truth = await WorldHunt.TruthAsync(world, cancellation);
                var full = await settings.Hunt.HuntAsync(world, ContentPolicy.All(ContentTreatment.Full), cancellation);
                var sketch = await settings.Hunt.HuntAsync(world, ContentPolicy.All(ContentTreatment.Sketch), cancellation);
                CommandRun.Note(Line($"{setting}, seed {seed}"));
                return new SketchOutcome
                {
                    Setting = setting,
                    Seed = seed,
                    Full = WorldOutcome.Of(setting, seed, full, truth),
                    Sketch = WorldOutcome.Of(setting, seed, sketch, truth),
                    Same = Enumerable.SequenceEqual(await BytesAsync(full, cancellation), await BytesAsync(sketch, cancellation)),
                };
            },
            cancellation);

    private static async Task<byte[]> BytesAsync(Findings findings, CancellationToken cancellation)
    {
        using var stream = new MemoryStream();
        await FindingsJson.WriteAsync(stream, findings, cancellation);
        return stream.ToArray();
    }

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
