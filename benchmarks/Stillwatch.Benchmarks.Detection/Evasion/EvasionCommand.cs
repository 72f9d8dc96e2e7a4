using System.Globalization;
using Stillwatch.Benchmarks.Detection.Commands;
using Stillwatch.Benchmarks.Detection.Metrics;
using Stillwatch.Benchmarks.Detection.Worlds;

namespace Stillwatch.Benchmarks.Detection.Evasion;

/// <summary>Campaigns that share no payment and no address, with more and more done to hide them.</summary>
internal static class EvasionCommand
{
    /// <summary>How it is called.</summary>
    public const string Usage =
        $"""
          evasion {WorldSettings.Usage}
                 campaigns without a shared payment or address, paraphrased, under cover, at several volumes
        """;

    private const int Days = 14;
    private const int BenignAccounts = 3000;

    /// <summary>The settings: name, exchanges of an account, paraphrase level, share of cover.</summary>
    public static readonly IReadOnlyList<(string Name, int Exchanges, int Paraphrase, double Cover)> Settings =
    [
        ("one wrapper, no cover", 100, 0, 0),
        ("paraphrase 1, no cover", 100, 1, 0),
        ("paraphrase 2, no cover", 100, 2, 0),
        ("one wrapper, 50 % cover", 100, 0, 0.5),
        ("paraphrase 2, 25 % cover", 100, 2, 0.25),
        ("**paraphrase 2, 50 % cover**", 100, 2, 0.5),
        ("paraphrase 2, 75 % cover", 100, 2, 0.75),
        ("paraphrase 2, 50 % cover", 25, 2, 0.5),
        ("paraphrase 2, 50 % cover", 50, 2, 0.5),
        ("paraphrase 2, 50 % cover", 200, 2, 0.5),
    ];

    /// <summary>Runs the command.</summary>
    public static Task<int> RunAsync(IReadOnlyList<string> arguments) => CommandRun.RunAsync(cancellation =>
        RunAsync(new CommandArguments(arguments, WorldSettings.Options), Console.Out, cancellation));

    /// <summary>The world of a setting.</summary>
    public static WorldScenario Scenario(int exchanges, int paraphrase, double cover) => WorldScenario.Of(
        Line($"unshared, {exchanges} exchanges, paraphrase {paraphrase}, cover {cover:0.##}"),
        Days,
        BenignAccounts,
        Campaigns.Unshared(exchanges, paraphrase, cover));

    private static async Task RunAsync(CommandArguments arguments, TextWriter writer, CancellationToken cancellation)
    {
        var settings = WorldSettings.Of(arguments);
        var measurement = new WorldMeasurement(settings);
        var table = new MarkdownTable(
            "setting", "campaign exchanges an account", "campaigns found, %", "accounts acted on, %", "reasoning", "rubric", "agentic",
            "benign acted on, %");
        foreach (var (name, exchanges, paraphrase, cover) in Settings)
        {
            var scenario = Scenario(exchanges, paraphrase, cover);
            var cells = new OutcomeCells(await measurement.HuntAsync(scenario, settings.Seeds, cancellation));
            table.Add(
                name, Line($"{exchanges}"), cells.CampaignRecall, cells.AccountRecall, cells.RecallOf("reasoning"),
                cells.RecallOf("rubric"), cells.RecallOf("agentic"), cells.Benign);
        }

        writer.WriteLine(Line($"Worlds: {settings.Source.Name}; seeds: {string.Join(", ", settings.Seeds)}.\n"));
        table.Write(writer);
    }

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
