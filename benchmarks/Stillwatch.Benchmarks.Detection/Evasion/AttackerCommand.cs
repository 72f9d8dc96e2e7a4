using System.Globalization;
using Stillwatch.Benchmarks.Detection.Commands;
using Stillwatch.Benchmarks.Detection.Metrics;
using Stillwatch.Benchmarks.Detection.Worlds;

namespace Stillwatch.Benchmarks.Detection.Evasion;

/// <summary>What an operator who knows the detector must multiply accounts, days or money by.</summary>
internal static class AttackerCommand
{
    /// <summary>How it is called.</summary>
    public const string Usage =
        $"""
          attacker [--without AXIS]... [--search-seeds N] {WorldSettings.Usage}
                 every axis of evasion alone, then the cheapest choice that the hunt misses; --without keeps an axis at 0; the search
                 looks at the first N seeds (1), and what it finds is measured on all
        """;

    private const string Without = "--without";
    private const string SearchSeeds = "--search-seeds";
    private static readonly double[] Caught = [0.95, 0.8, 0.5, 0.2, 0.05];

    /// <summary>Runs the command.</summary>
    public static Task<int> RunAsync(IReadOnlyList<string> arguments) => CommandRun.RunAsync(cancellation =>
        RunAsync(new CommandArguments(arguments, [Without, SearchSeeds, .. WorldSettings.Options]), Console.Out, cancellation));

    private static async Task RunAsync(CommandArguments arguments, TextWriter writer, CancellationToken cancellation)
    {
        var settings = WorldSettings.Of(arguments);
        var axes = Axes(settings.Source, arguments.All(Without));
        var measurement = new WorldMeasurement(settings);
        var searched = settings.Seeds.Take(Count(arguments.Single(SearchSeeds) ?? "1")).ToArray();
        var plain = new AttackPlan(new()).Resources();
        var search = new AttackSearch(
            axes,
            levels => new AttackPlan(Choice(axes, levels)).Resources().Over(plain),
            levels => RecallAsync(levels, searched));
        writer.WriteLine($"Worlds: {settings.Source.Name}; seeds of the search: {List(searched)}; of its result: {List(settings.Seeds)}.");
        writer.WriteLine(Line(
            $"The plain campaign takes {plain.Accounts:0} accounts, {plain.Days:0} days and {plain.Dollars:0} dollars.\n"));
        WriteCurves(await search.CurvesAsync(search.Plain), writer);
        var cheapest = await search.CheapestMissedAsync();
        WriteFrontier(search, axes, writer);
        if (cheapest is null)
        {
            writer.WriteLine("No choice that was tried is missed.");
            return;
        }

        var confirmed = cheapest with { Recall = await RecallAsync(cheapest.Levels, settings.Seeds) };
        writer.WriteLine($"Cheapest missed: {Describe(axes, cheapest.Levels)}.");
        writer.WriteLine(Line($"Over all seeds {100 * confirmed.Recall:0.0} % of its accounts are acted on."));
        writer.WriteLine(Line($"Cost multiplier {Times(confirmed.Cost)}; of money alone {Times(confirmed.Money)}."));

        async Task<double> RecallAsync(IReadOnlyList<int> levels, IReadOnlyList<ulong> seeds) =>
            (await measurement.HuntAsync(new AttackPlan(Choice(axes, levels)).Scenario(Key(axes, levels)), seeds, cancellation))
                .Average(static outcome => outcome.AccountRecall);
    }

    /// <summary>The choice of these levels.</summary>
    public static AttackChoice Choice(IReadOnlyList<AttackAxis> axes, IReadOnlyList<int> levels) =>
        axes.Select((axis, index) => (axis, Level: levels[index]))
            .Aggregate(new AttackChoice(), static (choice, turned) => turned.axis.Apply(choice, turned.Level));

    private static AttackAxis[] Axes(IWorldSource source, IReadOnlyList<string> without)
    {
        var strange = without.Except(AttackAxis.All.Select(static axis => axis.Name)).ToArray();
        return strange.Length > 0
            ? throw new UnusableException(
                $"There is no axis {strange[0]}; there are {string.Join(", ", AttackAxis.All.Select(static axis => axis.Name))}.")
            : [.. AttackAxis.All.Where(axis => !without.Contains(axis.Name) && (source.HasSpecialists || !axis.NeedsSpecialists))];
    }

    private static void WriteCurves(IReadOnlyList<(AttackAxis Axis, IReadOnlyList<AttackPoint> Points)> curves, TextWriter writer)
    {
        writer.WriteLine("Each axis alone; accounts acted on in percent, and what the level takes.\n");
        var table = new MarkdownTable("axis", "level", "accounts acted on, %", "accounts", "days", "money");
        foreach (var (axis, points) in curves)
        {
            foreach (var (index, point) in points.Index())
            {
                var level = axis.Top + 1 - points.Count + index;
                table.Add(
                    axis.Name, axis.Levels[level], Line($"{100 * point.Recall:0.0}"), Times(point.Multiples.Accounts),
                    Times(point.Multiples.Days), Times(point.Multiples.Dollars));
            }
        }

        table.Write(writer);
    }

    private static void WriteFrontier(AttackSearch search, IReadOnlyList<AttackAxis> axes, TextWriter writer)
    {
        writer.WriteLine("The cheapest choice that was tried of which at most this share is caught.\n");
        var table = new MarkdownTable("accounts acted on below, %", "cost multiplier", "accounts", "days", "money", "choice");
        foreach (var bound in Caught)
        {
            var best = search.Points.Where(point => point.Recall < bound).MinBy(static point => point.Cost);
            if (best is null)
            {
                table.Add(Line($"{100 * bound:0}"), "–", "–", "–", "–", "none of those tried");
                continue;
            }

            table.Add(
                Line($"{100 * bound:0}"), Times(best.Cost), Times(best.Multiples.Accounts), Times(best.Multiples.Days),
                Times(best.Multiples.Dollars), Describe(axes, best.Levels));
        }

        table.Write(writer);
    }

    private static string Describe(IReadOnlyList<AttackAxis> axes, IReadOnlyList<int> levels)
    {
        var turned = axes.Select((axis, index) => (axis, Level: levels[index])).Where(static own => own.Level > 0)
            .Select(static own => $"{own.axis.Name}: {own.axis.Levels[own.Level]}");
        return string.Join("; ", turned) is { Length: > 0 } text ? text : "nothing turned";
    }

    private static string Key(IReadOnlyList<AttackAxis> axes, IReadOnlyList<int> levels) =>
        $"attack {string.Join(' ', axes.Select((axis, index) => (axis, Level: levels[index])).Where(static own => own.Level > 0)
            .Select(static own => Line($"{own.axis.Name}={own.Level}")))}".TrimEnd();

    private static int Count(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count > 0
            ? count
            : throw new UnusableException($"{SearchSeeds} takes a number from 1 on, not {text}.");

    private static string List(IEnumerable<ulong> seeds) => string.Join(", ", seeds);

    private static string Times(double factor) => double.IsInfinity(factor) ? "∞" : Line($"{factor:0.0#}");

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
