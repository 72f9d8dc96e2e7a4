using System.Globalization;
using Stillwatch.Benchmarks.Detection.Commands;
using Stillwatch.Benchmarks.Detection.Metrics;
using Stillwatch.Benchmarks.Detection.Worlds;

namespace Stillwatch.Benchmarks.Detection.Evasion;

/// <summary>The same campaigns in front of more and more benign traffic.</summary>
internal static class ScalesCommand
{
    /// <summary>How it is called.</summary>
    public const string Usage =
        $"""
          scales [--multiples 10,100,1000] {WorldSettings.Usage}
                 four campaigns of 1,500 exchanges each in 10, 100 and 1,000 times as much benign traffic
        """;

    private const int Days = 14;
    private const string Multiples = "--multiples";

    /// <summary>Runs the command.</summary>
    public static Task<int> RunAsync(IReadOnlyList<string> arguments) => CommandRun.RunAsync(cancellation =>
        RunAsync(new CommandArguments(arguments, [Multiples, .. WorldSettings.Options]), Console.Out, cancellation));

    /// <summary>The world whose benign traffic is the multiple of the campaigns' together.</summary>
    public static WorldScenario Scenario(int multiple)
    {
        var campaigns = Campaigns.OfEveryFamily();
        var benign = (long)multiple * campaigns.Sum(static campaign => campaign.Exchanges);
        var accounts = (int)Math.Ceiling(benign / (Days * WorldScenario.InteractionsPerAccountDay));
        return new(string.Create(CultureInfo.InvariantCulture, $"scale {multiple}"), Days, accounts, benign, campaigns);
    }

    private static async Task RunAsync(CommandArguments arguments, TextWriter writer, CancellationToken cancellation)
    {
        var settings = WorldSettings.Of(arguments);
        var measurement = new WorldMeasurement(settings);
        var names = Campaigns.OfEveryFamily().Select(static campaign => campaign.Id).ToArray();
        var table = new MarkdownTable(
            ["benign : campaign", "interactions", "campaigns found, %", "campaign accounts acted on, %", .. names, "benign acted on, %"]);
        foreach (var multiple in Parse(arguments.Single(Multiples) ?? "10,100,1000"))
        {
            var outcomes = await measurement.HuntAsync(Scenario(multiple), settings.Seeds, cancellation);
            var cells = new OutcomeCells(outcomes);
            table.Add(
            [
                Line($"{multiple:#,0} : 1"), Line($"{outcomes.Average(static outcome => outcome.Interactions):#,0}"),
                cells.CampaignRecall, cells.AccountRecall, .. names.Select(cells.RecallOf), cells.Benign,
            ]);
        }

        writer.WriteLine(Line($"Worlds: {settings.Source.Name}; seeds: {string.Join(", ", settings.Seeds)}.\n"));
        table.Write(writer);
    }

    private static IEnumerable<int> Parse(string list) => list.Split(',').Select(static text =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var multiple) && multiple is >= 1 and <= 100_000
            ? multiple
            : throw new UnusableException($"{Multiples} takes numbers from 1 to 100000 such as 10,100, not {text}."));

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
