using System.Diagnostics;
using System.Globalization;
using Stillwatch.Benchmarks.Detection.Commands;

namespace Stillwatch.Benchmarks.Detection.Windows;

/// <summary>The command that measures detectors of windows on the extraction-query pairs and prints the tables.</summary>
internal static class WindowCommand
{
    /// <summary>How it is called.</summary>
    public const string Usage =
        """
          windows --data DIR [--seeds N] [--windows 100,300,600] [--pairs NAME,NAME] [--compare rivals|evidence]
                          [--level CUTS] [--results FILE]
                  detectors of windows of queries on the extraction-query pairs in DIR; what FILE holds is not measured again;
                  --level tests one benign window of each of so many cuts and nothing else
        """;

    /// <summary>Runs the command.</summary>
    public static Task<int> RunAsync(IReadOnlyList<string> arguments) => CommandRun.RunAsync(stop =>
    {
        Print(WindowOptions.Parse(arguments), stop);
        return Task.CompletedTask;
    });

    private static void Print(WindowOptions options, CancellationToken stop)
    {
        var clock = Stopwatch.StartNew();
        foreach (var line in options.Cuts > 0 ? Levels(options, Report, stop) : Comparison(options, Report, stop))
        {
            Console.WriteLine(line);
        }

        void Report(string doing) =>
            CommandRun.Note(string.Create(CultureInfo.InvariantCulture, $"{clock.Elapsed.TotalSeconds,5:0} s  {doing}"));
    }

    private static IEnumerable<string> Comparison(WindowOptions options, Action<string> report, CancellationToken stop)
    {
        var known = OutcomeFile<WindowOutcome>.Open(options.Results);
        var outcomes = new List<WindowOutcome>();
        foreach (var pair in Pairs(options, report))
        {
            outcomes.AddRange(new WindowExperiment(pair, options.Ablation ? [] : WindowDetectors.All, known).Run(options, report, stop));
        }

        return new WindowReport(outcomes, options.Ablation ? EvidenceExperiment.Whole : WindowDetectors.Yardstick).Lines();
    }

    private static IEnumerable<string> Levels(WindowOptions options, Action<string> report, CancellationToken stop)
    {
        var known = OutcomeFile<LevelOutcome>.Open(options.Results);
        var outcomes = new List<LevelOutcome>();
        foreach (var pair in Pairs(options, report))
        {
            outcomes.AddRange(new LevelExperiment(pair, WindowDetectors.OfLevel, known).Run(options, stop));
        }

        return new LevelReport(outcomes).Lines();
    }

    private static IEnumerable<QueryPair> Pairs(WindowOptions options, Action<string> report)
    {
        foreach (var file in Files(options))
        {
            var pair = QueryPair.Load(file);
            report($"{pair.Name}: {pair.Benign.Count} benign queries, {pair.Attack.Count} of the attack");
            yield return pair;
        }
    }

    private static List<string> Files(WindowOptions options)
    {
        if (!Directory.Exists(options.Folder))
        {
            throw new UnusableException($"There is no folder {options.Folder}; --data names that of the extraction-query pairs.");
        }

        var files = QueryPair.FilesIn(options.Folder);
        var wanted = files.Where(file => options.Pairs.Count == 0 || options.Pairs.Contains(Path.GetFileName(file).Split('.')[0])).ToList();
        return wanted.Count > 0 && wanted.Count >= options.Pairs.Count
            ? wanted
            : throw new UnusableException($"{options.Folder} does not hold every pair that is asked for, as NAME.jsonl.gz.");
    }
}
