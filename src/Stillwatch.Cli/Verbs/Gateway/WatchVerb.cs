using System.CommandLine;
using Stillwatch.Cli.Output;
using Stillwatch.Gateway.Configuration;
using Stillwatch.Gateway.Hunts;

namespace Stillwatch.Cli.Verbs.Gateway;

/// <summary>Hunts through what a gateway records, every so often, and sets responses by the policy.</summary>
internal static class WatchVerb
{
    private const string Actor = "watch";

    private static readonly Option<string> Config = new("--config")
    {
        HelpName = "FILE",
        Description = "The gateway's configuration, with 'hunts' and 'decisions'.",
        DefaultValueFactory = static _ => "stillwatch.yaml",
    };

    private static readonly Option<bool> Once = new("--once") { Description = "Hunt once and end, as for cron." };

    public static VerbCommand Create() => new("watch", "Hunt through what the gateway records, again and again, and set responses by it.")
    {
        Options = { Config, Once },
        Examples =
        [
            ("Every so often, as 'hunts' in the configuration says", "stillwatch watch --config stillwatch.yaml"),
            ("Now, once", "stillwatch watch --config stillwatch.yaml --once"),
        ],
        Grace = TimeSpan.FromMinutes(1),
        Work = RunAsync,
    };

    private static async Task<int> RunAsync(ParseResult parsed, Terminal terminal, CancellationToken cancellation)
    {
        var path = parsed.GetRequiredValue(Config);
        var options = ServeVerb.ReadConfiguration(path, terminal);
        var hunts = HuntsOf(options, path);
        var (desk, key) = RespondArguments.Open(options, null, null);
        using (key)
        {
            var hunt = new ScheduledHunt(hunts, options.Limits, desk, Actor);
            if (parsed.GetValue(Once))
            {
                await RoundAsync(hunt, terminal, cancellation);
                return ExitStatus.Done;
            }

            terminal.Note($"hunting every {Quantity.Duration(hunts.Every)}");
            while (true)
            {
                await TryRoundAsync(hunt, terminal, cancellation);
                await Task.Delay(hunts.Every, cancellation);
            }
        }
    }

    private static HuntingOptions HuntsOf(GatewayOptions options, string path) => options.Hunts
        ?? throw new UnusableException($"{path} has no 'hunts'; such as 'hunts: {{every: 6h, store: hunted}}' (docs/responses.md).");

    /// <summary>A hunt that fails has decided nothing; the next one tries again.</summary>
    private static async Task TryRoundAsync(ScheduledHunt hunt, Terminal terminal, CancellationToken cancellation)
    {
        try
        {
            await RoundAsync(hunt, terminal, cancellation);
        }
        catch (Exception failure) when (!cancellation.IsCancellationRequested)
        {
            terminal.Warn($"this hunt failed, what is set stays as it is: {Failure.Of(failure).Sentence}");
        }
    }

    private static async Task RoundAsync(ScheduledHunt hunt, Terminal terminal, CancellationToken cancellation)
    {
        var round = await terminal.WithProgressAsync(display => hunt.RunAsync(new HuntDisplay(display), cancellation));
        await CaseOptions.SayAsync(RespondApplyVerb.Describe(round.Plan, isDry: false), cancellation);
        terminal.Note($"{round.Read} interactions read, {round.Rejected} lines rejected; {round.Findings.Campaigns.Count} campaigns, "
            + $"{round.Findings.Accounts.Count} accounts with a verdict");
    }
}
