using System.Diagnostics;
using System.Globalization;
using Stillwatch.Benchmarks.Detection.Commands;
using Stillwatch.Benchmarks.Detection.Metrics;

namespace Stillwatch.Benchmarks.Detection.Sybil;

/// <summary>A real set of coordinated accounts: those of the Hop airdrop, whose labels partly come from the very graph.</summary>
internal static class SybilCommand
{
    /// <summary>How it is called.</summary>
    public const string Usage =
        """
          sybil --data DIRECTORY [--view NAME]... [--only NAME]...
                detectors that need neither prompts nor times on the accounts of the Hop airdrop; views: All, WithoutHubs,
                WithoutFunding, HubsOnly
        """;

    /// <summary>Runs the command.</summary>
    public static Task<int> RunAsync(IReadOnlyList<string> arguments) => CommandRun.RunAsync(cancellation =>
    {
        Run(new CommandArguments(arguments, "--data", "--view", "--only"), Console.Out, cancellation);
        return Task.CompletedTask;
    });

    private static void Run(CommandArguments arguments, TextWriter writer, CancellationToken cancellation)
    {
        var directory = arguments.Single("--data")
            ?? throw new UnusableException("Name the folder of the Sybil accounts with --data DIRECTORY.");
        var views = Views(arguments.All("--view"));
        var only = arguments.All("--only");
        var ledger = SybilLedgerReader.Read(directory, cancellation);
        var whole = new SybilGraph(ledger, SybilView.All).Graph;
        (string Name, LabelledAccounts Labels)[] targets =
        [
            ("report-* in no component", SybilTruth.Of(ledger, whole, static account => account.IsReported && !account.IsConnected)),
            ("report-*", SybilTruth.Of(ledger, whole, static account => account.IsReported)),
            ("fund-*", SybilTruth.Of(ledger, whole, static account => account.IsFunded)),
        ];
        var runs = new List<SybilRun>();
        foreach (var view in views)
        {
            var graph = new SybilGraph(ledger, view);
            foreach (var (name, detect) in SybilDetectors.All.Where(detector => IsWanted(detector.Name, only)))
            {
                var clock = Stopwatch.StartNew();
                var suspicion = detect(graph, cancellation);
                CommandRun.Note(string.Create(CultureInfo.InvariantCulture, $"{view}: {name} {clock.Elapsed.TotalSeconds:0.0} s"));
                runs.AddRange(targets.Select(target => new SybilRun(
                    name, view, target.Name, AccountMeasures.Of(suspicion, target.Labels), CampaignMeasures.Of(suspicion, target.Labels))));
            }
        }

        SybilLeak.Write(ledger, writer);
        new SybilTables(runs, writer).Write();
    }

    private static bool IsWanted(string name, IReadOnlyList<string> only) =>
        only.Count == 0 || only.Any(part => name.Contains(part, StringComparison.OrdinalIgnoreCase));

    private static SybilView[] Views(IReadOnlyList<string> names) => names.Count == 0
        ? Enum.GetValues<SybilView>()
        : [.. names.Select(static name => Enum.TryParse<SybilView>(name, ignoreCase: true, out var view) && Enum.IsDefined(view)
            ? view
            : throw new UnusableException($"There is no view {name}; there are {string.Join(", ", Enum.GetNames<SybilView>())}."))];
}
