using System.Text.Json.Nodes;
using Stillwatch.Benchmarks.Detection.Accuracy;
using Stillwatch.Benchmarks.Detection.Commands;
using Stillwatch.Benchmarks.Detection.Worlds;

namespace Stillwatch.Benchmarks.Detection.Unseen;

/// <summary>Who is found of campaigns whose prompts and ways of working were never seen while the detector was made.</summary>
internal static class UnseenCommand
{
    /// <summary>How it is called.</summary>
    public const string Usage =
        $"""
          unseen {WorldSettings.Usage}
                 as accuracy, with prompts from published attacks and families of campaigns written after the detector
        """;

    private const int Days = 14;
    private const int BenignAccounts = 5000;
    private const int Accounts = 40;
    private const int ExchangesAnAccount = 60;

    /// <summary>Runs the command.</summary>
    public static Task<int> RunAsync(IReadOnlyList<string> arguments) => CommandRun.RunAsync(cancellation =>
        RunAsync(new CommandArguments(arguments, WorldSettings.Options), Console.Out, cancellation));

    private static async Task RunAsync(CommandArguments arguments, TextWriter writer, CancellationToken cancellation)
    {
        var settings = WorldSettings.Of(arguments);
        if (settings.Source is not ComposedWorlds composed)
        {
            throw new UnusableException("unseen needs --composer FILE and --data DIRECTORY: its prompts are real.");
        }

        var scratch = arguments.Single("--scratch") ?? Path.GetTempPath();
        var pools = ScratchStore.NewDirectory(scratch);
        try
        {
            var queries = UnseenPools.Write(composed.Data, pools);
            CommandRun.Note(FormattableString.Invariant($"{queries} queries of published attacks"));
            var hunt = new WorldHunt(composed with { Pools = pools }, scratch);
            var outcomes = await AccuracyCommand.MeasureAsync(settings with { Source = composed, Hunt = hunt }, [Scenario()], cancellation);
            AccuracyTables.Write(outcomes, writer);
        }
        finally
        {
            Directory.Delete(pools, recursive: true);
        }
    }

    private static WorldScenario Scenario() => WorldScenario.Of(
        "unseen",
        Days,
        BenignAccounts,
        [
            Campaign("relay", "relay", "reasoning"),
            Campaign("borrowed", "borrowed", "rubric"),
            Campaign("residential", "hydra_residential", "plain"),
            Campaign("proxy", "mixed_proxy", "rewriting"),
        ]);

    private static WorldCampaign Campaign(string id, string family, string capability) => new(
        id,
        family,
        Accounts,
        Accounts * ExchangesAnAccount,
        new JsonObject { ["capability"] = capability, ["kinds"] = new JsonArray("instruction") });
}
