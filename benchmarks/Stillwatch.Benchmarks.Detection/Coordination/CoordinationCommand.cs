using System.Diagnostics;
using System.Globalization;
using Stillwatch.Benchmarks.Detection.Commands;
using Stillwatch.Benchmarks.Detection.Metrics;
using Stillwatch.Interactions.Reading;

namespace Stillwatch.Benchmarks.Detection.Coordination;

/// <summary>All rivals and the product on the same logs, one log a seed.</summary>
internal static class CoordinationCommand
{
    /// <summary>How it is called.</summary>
    public const string Usage =
        """
          coordination LOG --accounts FILE --truth FILE [--only NAME]...
          coordination DIRECTORY... [--only NAME]...
                rival detectors of coordinated accounts and the product's hunt; each directory is a seed and holds
                interactions, accounts and truth as .jsonl or .jsonl.gz; --only runs detectors whose name contains NAME
        """;

    private const string Product = "Stillwatch";

    /// <summary>Runs the command.</summary>
    public static Task<int> RunAsync(IReadOnlyList<string> arguments) => CommandRun.RunAsync(cancellation =>
        RunAsync(new CommandArguments(arguments, "--accounts", "--truth", "--only"), Console.Out, cancellation));

    private static async Task RunAsync(CommandArguments arguments, TextWriter writer, CancellationToken cancellation)
    {
        var only = arguments.All("--only");
        var rivals = Rivals.All.Where(rival => IsWanted(rival.Name, only)).ToArray();
        if (rivals.Length == 0 && !IsWanted(Product, only))
        {
            var names = string.Join(", ", Rivals.All.Select(static rival => rival.Name).Append(Product));
            throw new UnusableException($"--only names no detector; there are {names}.");
        }

        var runs = new List<DetectorRun>();
        foreach (var log in LabelledLog.Find(arguments))
        {
            runs.AddRange(await RunAsync(log, rivals, IsWanted(Product, only), cancellation));
        }

        new DetectorTables(runs, writer).Write();
    }

    private static async Task<List<DetectorRun>> RunAsync(
        LabelledLog log, IReadOnlyList<Rival> rivals, bool withProduct, CancellationToken cancellation)
    {
        CommandRun.Note($"{log.Name}: reading");
        var faults = new InputFaults();
        var table = await InteractionTableReader.ReadAsync(log.Interactions, log.Registrations, faults, cancellation);
        var truth = await LogTruth.ReadAsync(log.Truth, table, cancellation);
        Check(log, truth, faults);
        CommandRun.Note(string.Create(
            CultureInfo.InvariantCulture,
            $"{log.Name}: {table.Rows.Length:#,0} interactions, {table.Accounts.Count:#,0} accounts, {truth.Campaigns().Count} campaigns"));
        var (input, runs) = (new RivalInput(table), new List<DetectorRun>());
        input.Prepare();
        foreach (var rival in rivals)
        {
            runs.Add(await MeasureAsync(rival.Name, () => Task.Run(() => rival.Detect(input, cancellation), cancellation), truth));
        }

        if (withProduct)
        {
            runs.Add(await MeasureAsync(
                Product, () => StillwatchHunt.DetectAsync(table, log.Interactions, log.Registrations, cancellation), truth));
        }

        return runs;
    }

    private static async Task<DetectorRun> MeasureAsync(string name, Func<Task<Suspicion>> detect, LabelledAccounts truth)
    {
        var clock = Stopwatch.StartNew();
        var run = DetectorRun.Of(name, await detect(), truth, clock.Elapsed.TotalSeconds);
        CommandRun.Note(string.Create(
            CultureInfo.InvariantCulture,
            $"  {name}: {run.Accounts.TruePositives} found, {run.Accounts.FalsePositives} false, {run.Seconds:0.0} s"));
        return run;
    }

    private static void Check(LabelledLog log, LabelledAccounts truth, InputFaults faults)
    {
        if (faults.Snapshot().Rejected is { Total: > 0 } rejected)
        {
            CommandRun.Note($"{log.Name}: {rejected.Total} records could not be read; the first: {rejected.First[0]}");
        }

        if (truth.Negatives == 0)
        {
            throw new UnusableException($"{log.Truth} labels no benign account of the log; false positives cannot be counted.");
        }
    }

    private static bool IsWanted(string name, IReadOnlyList<string> only) =>
        only.Count == 0 || only.Any(part => name.Contains(part, StringComparison.OrdinalIgnoreCase));
}
