using System.Diagnostics;
using System.Globalization;
using Stillwatch.Benchmarks.Detection.Commands;
using Stillwatch.Benchmarks.Detection.Coordination;

namespace Stillwatch.Benchmarks.Detection.Nulls;

/// <summary>What the hunt reports where there is nothing to find, and whether its p-values and e-values keep their promise there.</summary>
internal static class NullCommand
{
    /// <summary>How it is called.</summary>
    public const string Usage =
        """
          nulls [--worlds N] [--controls N] [--seed S] [--results FILE] [DIRECTORY]...
                false campaigns in N simulated worlds without a campaign and in N with one, and the calibration of every kind of
                evidence there and in the logs without a campaign in the directories; what FILE holds is not hunted through again
        """;

    private const int DefaultWorlds = 200;
    private const int DefaultControls = 40;

    /// <summary>Runs the command.</summary>
    public static Task<int> RunAsync(IReadOnlyList<string> arguments) => CommandRun.RunAsync(cancellation =>
        RunAsync(new CommandArguments(arguments, "--worlds", "--controls", "--seed", "--results"), Console.Out, cancellation));

    private static async Task RunAsync(CommandArguments arguments, TextWriter writer, CancellationToken cancellation)
    {
        var seed = (ulong)Number(arguments, "--seed", 1);
        var (worlds, controls) = (Number(arguments, "--worlds", DefaultWorlds), Number(arguments, "--controls", DefaultControls));
        var logs = arguments.Rest.Count == 0 ? [] : LabelledLog.Find(arguments);
        var (known, outcomes) = (OutcomeFile<NullOutcome>.Open(arguments.Single("--results")), new List<NullOutcome>());
        var designs = Designs(WorldKind.Null, seed, worlds).Concat(Designs(WorldKind.Control, seed, controls));
        foreach (var design in designs)
        {
            outcomes.Add(Known(design.Kind, seed, design.Name)
                ?? await HuntAsync(design.Name, () => NullHunt.RunAsync(design, cancellation), known));
        }

        foreach (var log in logs)
        {
            outcomes.Add(Known(WorldKind.Given, 0, NullHunt.NameOf(log))
                ?? await HuntAsync(log.Name, () => NullHunt.RunAsync(log, cancellation), known));
        }

        new NullTables(outcomes, writer).Write();

        NullOutcome? Known(WorldKind kind, ulong ofSeed, string name) =>
            known.Find(outcome => outcome.Kind == kind && outcome.Seed == ofSeed && outcome.Name == name);
    }

    private static IEnumerable<WorldDesign> Designs(WorldKind kind, ulong seed, int count) =>
        Enumerable.Range(1, count).Select(number => WorldDesigner.Draw(kind, seed, number));

    private static async Task<NullOutcome> HuntAsync(string name, Func<Task<NullOutcome>> hunt, OutcomeFile<NullOutcome> known)
    {
        var clock = Stopwatch.StartNew();
        var outcome = known.Keep(await hunt());
        CommandRun.Note(string.Create(
            CultureInfo.InvariantCulture,
            $"{name}: {outcome.Interactions:#,0} interactions, {outcome.Groups.Count} groups, {outcome.Reported} campaigns reported, "
                + $"{outcome.False} false, {clock.Elapsed.TotalSeconds:0.0} s"));
        return outcome;
    }

    private static int Number(CommandArguments arguments, string option, int otherwise) => arguments.Single(option) switch
    {
        null => otherwise,
        var text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) => number,
        var text => throw new UnusableException($"{option} takes a whole number of at least 0, not {text}."),
    };
}
