using System.Diagnostics;
using System.Globalization;
using Stillwatch.Benchmarks.Detection.Commands;
using Stillwatch.Benchmarks.Detection.Metrics;
using Stillwatch.Benchmarks.Detection.Worlds;

namespace Stillwatch.Benchmarks.Detection.Evasion;

/// <summary>How much of a campaign has passed when a replay first reports it.</summary>
internal static class EarlinessCommand
{
    /// <summary>How it is called.</summary>
    public const string Usage =
        $"""
          earliness [--every HOURS] [--accounts 20,40,160] {WorldSettings.Usage}
                 a replay of the first days of campaigns of so many accounts that would go on for 45
        """;

    /// <summary>Exchanges of an account in a day: 28.8 million in 45 days over 25,000 accounts.</summary>
    public const double ExchangesADay = 25.6;

    /// <summary>Exchanges of an account in the whole campaign of 45 days.</summary>
    public const double Lifetime = 45 * ExchangesADay;

    private const int Multiple = 10;
    private const int BenignPerCampaignAccount = 100;
    private const int AccountDays = 120;
    private const string Every = "--every";
    private const string Accounts = "--accounts";

    /// <summary>Runs the command.</summary>
    public static Task<int> RunAsync(IReadOnlyList<string> arguments) => CommandRun.RunAsync(cancellation =>
        RunAsync(new CommandArguments(arguments, [Every, Accounts, .. WorldSettings.Options]), Console.Out, cancellation));

    /// <summary>
    /// A day of benign traffic alone, then the campaigns' first days in ten times as much: the fewer the more accounts there are.
    /// </summary>
    /// <param name="accounts">Of each campaign.</param>
    public static WorldScenario Scenario(int accounts)
    {
        var days = Math.Max(1, AccountDays / accounts);
        var campaigns = Campaigns.Steady(accounts, (int)Math.Round(accounts * ExchangesADay * days));
        var benign = (long)Multiple * campaigns.Sum(static campaign => campaign.Exchanges) * (days + 1) / days;
        return new(Line($"first days of {accounts} accounts"), days + 1, BenignPerCampaignAccount * accounts, benign, campaigns);
    }

    private static async Task RunAsync(CommandArguments arguments, TextWriter writer, CancellationToken cancellation)
    {
        var settings = WorldSettings.Of(arguments);
        var every = Hours(arguments.Single(Every) ?? "1");
        var file = OutcomeFile<AlertOutcome>.Open(settings.Results);
        writer.WriteLine($"Worlds: {settings.Source.Name}; seeds: {string.Join(", ", settings.Seeds)}.");
        writer.WriteLine(Line($"Hours between hunts: {every.TotalHours:0.##}."));
        foreach (var accounts in Sizes(arguments.Single(Accounts) ?? "20,40,160"))
        {
            var (scenario, outcomes) = (Scenario(accounts), new List<AlertOutcome>());
            foreach (var seed in settings.Seeds)
            {
                var setting = Line($"{settings.Source.Name}: {scenario.Name}, every {every.TotalHours:0.##} h");
                outcomes.Add(await file.GetAsync(
                    setting, seed, () => ReplayAsync(settings, scenario, setting, seed, every, cancellation)));
            }

            writer.WriteLine(Line($"\nCampaigns of {accounts} accounts, their first {scenario.Days - 1} days of 45.\n"));
            Write(outcomes, writer);
        }
    }

    /// <summary>The table.</summary>
    public static void Write(IReadOnlyList<AlertOutcome> outcomes, TextWriter writer)
    {
        var table = new MarkdownTable(
            "campaign", "alerted", "hours to alert", "exchanges an account", "accounts seen before, %", "share at alert, %",
            "share leaked, %");
        foreach (var campaign in outcomes.SelectMany(static outcome => outcome.Alerts).GroupBy(static alert => alert.Campaign))
        {
            var detected = campaign.Where(static alert => alert.Detected).ToList();
            table.Add(
                campaign.Key,
                Line($"{detected.Count} of {campaign.Count()}"),
                SeedBootstrap.Of(detected.Select(static alert => alert.Hours ?? double.NaN)).Number(),
                SeedBootstrap.Of(detected.Select(static alert => alert.ExchangesAnAccount)).Number(),
                SeedBootstrap.Of(detected.Select(static alert => alert.AccountsBefore / (double)alert.Accounts)).Percent(),
                SeedBootstrap.Of(campaign.Select(static alert => alert.ShareAtAlert(Lifetime))).Percent(),
                SeedBootstrap.Of(campaign.Select(static alert => alert.ShareLeaked(Lifetime))).Percent());
        }

        table.Write(writer);
        var (acted, benign) = (outcomes.Sum(static outcome => outcome.BenignActed), outcomes.Sum(static outcome => outcome.Benign));
        writer.WriteLine(Line(
            $"Benign accounts acted on at any time: {acted:#,0} of {benign:#,0}, {OutcomeCells.Exact(acted, benign, "0.####")} %."));
    }

    private static async Task<AlertOutcome> ReplayAsync(
        WorldSettings settings, WorldScenario scenario, string setting, ulong seed, TimeSpan every, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        var outcome = await settings.Hunt.WithWorldAsync(
            scenario,
            seed,
            async world =>
            {
                var findings = await settings.Hunt.ReplayAsync(world, every, cancellation);
                return await AlertReading.OfAsync(setting, seed, world, findings, cancellation);
            },
            cancellation);
        var alerts = outcome.Alerts.Count(static alert => alert.Detected);
        CommandRun.Note(Line($"{setting}, seed {seed}: {alerts} alerts, {clock.Elapsed.TotalSeconds:0} s"));
        return outcome;
    }

    private static TimeSpan Hours(string text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var hours) && hours is >= 0.05 and <= 48
            ? TimeSpan.FromHours(hours)
            : throw new UnusableException($"{Every} takes hours from 0.05 to 48, not {text}.");

    private static IEnumerable<int> Sizes(string list) => list.Split(',').Select(static text =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var accounts) && accounts is >= 3 and <= 10_000
            ? accounts
            : throw new UnusableException($"{Accounts} takes numbers from 3 to 10000 such as 20,40, not {text}."));

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
