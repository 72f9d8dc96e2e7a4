using System.Globalization;
using Stillwatch.Benchmarks.Detection.Metrics;

namespace Stillwatch.Benchmarks.Detection.Nulls;

/// <summary>The tables about p-values and e-values of worlds without a campaign.</summary>
/// <param name="worlds">The worlds.</param>
/// <param name="name">What titles call them.</param>
/// <param name="writer">Where to.</param>
internal sealed class CalibrationTables(IReadOnlyList<NullOutcome> worlds, string name, TextWriter writer)
{
    private static readonly double[] Levels = [0.1, 0.01, 0.001];

    private static readonly string[] Everything =
    [
        .. EvidenceCodes.Gate, EvidenceCodes.Content, .. EvidenceCodes.Corroborating, EvidenceCodes.Corroboration, EvidenceCodes.Combined,
    ];

    /// <summary>Writes all tables.</summary>
    public void Write()
    {
        EValues("all groups", Everything, static _ => true);
        if (worlds.Any(static world => world.Groups.Any(static group => group.IsPursued)))
        {
            EValues(
                "groups whose content e-value is above 1",
                [.. EvidenceCodes.Corroborating, EvidenceCodes.Corroboration],
                static group => group.IsPursued);
        }

        PValues();
        Classes();
        if (worlds.Any(static world => world.HasRelease is not null))
        {
            Conditions();
        }
    }

    private void EValues(string groups, IReadOnlyList<string> codes, Func<GroupReading, bool> includes)
    {
        writer.WriteLine($"#### E-values: {name}, {groups}\n");
        var table = new MarkdownTable(
            "evidence", "groups", "worlds", "mean e (95 %)", "at least", "above 1", "e ≥ 10, %", "e ≥ 100, %", "e ≥ 1000, %",
            "largest, power of ten");
        foreach (var code in codes)
        {
            var summary = Summary(worlds, code, includes);
            if (summary.Groups > 0)
            {
                table.Add(
                [
                    code, summary.Groups.ToString("#,0", CultureInfo.InvariantCulture), $"{summary.Worlds}", summary.Mean.Number(),
                    Number(summary.AtLeast), summary.AtLeast > 1 ? "yes" : "no", .. summary.Shares.Select(static share => share.Percent(2)),
                    Number(summary.Largest),
                ]);
            }
        }

        table.Write(writer);
    }

    private void PValues()
    {
        writer.WriteLine($"#### P-values: {name}, all groups\n");
        var table = new MarkdownTable("evidence", "groups", "p ≤ 0.1, %", "p ≤ 0.01, %", "p ≤ 0.001, %");
        foreach (var code in Everything.Where(EvidenceCodes.HasPValue))
        {
            var values = worlds.Select(world => Values(world, code, static _ => true)
                .ConvertAll(log => EvidenceCodes.Log10PValue(code, log))).Where(static world => world.Count > 0).ToList();
            if (values.Count > 0)
            {
                table.Add(
                [
                    code, values.Sum(static world => world.Count).ToString("#,0", CultureInfo.InvariantCulture),
                    .. Levels.Select(level => SeedBootstrap.Of(values.Select(world => Below(world, level))).Percent(2)),
                ]);
            }
        }

        table.Write(writer);
    }

    private void Classes()
    {
        writer.WriteLine($"#### Mean e by the class of most members: {name}, all groups; * where it is above 1 beyond doubt\n");
        var table = new MarkdownTable(["most members", "groups", .. EvidenceCodes.OfTheClass]);
        foreach (var main in worlds.SelectMany(static world => world.Groups).GroupBy(static group => group.MainClass)
            .OrderBy(static main => main.Key, StringComparer.Ordinal))
        {
            table.Add(
            [
                main.Key, main.Count().ToString("#,0", CultureInfo.InvariantCulture),
                .. EvidenceCodes.OfTheClass.Select(code => Mean(Summary(worlds, code, group => group.MainClass == main.Key), false)),
            ]);
        }

        table.Write(writer);
    }

    private void Conditions()
    {
        writer.WriteLine($"#### Mean e (95 %) by what happens in a world: {name}, all groups; * where it is above 1 beyond doubt\n");
        var table = new MarkdownTable(["evidence", .. WorldConditions.All.Select(static condition => condition.Name)]);
        foreach (var code in EvidenceCodes.OfTheCalendar)
        {
            table.Add([code, .. WorldConditions.All.Select(condition =>
                Mean(Summary(worlds.Where(condition.Includes), code, static _ => true), true))]);
        }

        table.Write(writer);
    }

    private static string Mean(CalibrationSummary summary, bool withInterval)
    {
        var mean = withInterval ? summary.Mean.Number() : summary.Mean.Mean.ToString("0.00", CultureInfo.InvariantCulture);
        return summary.Groups == 0 ? "–" : $"{mean}{(summary.AtLeast > 1 ? " *" : string.Empty)}";
    }

    private static CalibrationSummary Summary(IEnumerable<NullOutcome> of, string code, Func<GroupReading, bool> includes) =>
        CalibrationSummary.Of(of.Select(world => Values(world, code, includes)));

    private static List<double> Values(NullOutcome world, string code, Func<GroupReading, bool> includes) =>
        [.. world.Groups.Where(includes).SelectMany(group => EvidenceCodes.Of(group, code))];

    /// <summary>Share of the p-values at or below a level; the file's rounding of e-values is allowed for.</summary>
    private static double Below(List<double> log10, double level) =>
        (double)log10.Count(value => value <= Math.Log10(level) + 1e-3) / log10.Count;

    private static string Number(double value) => double.IsFinite(value) ? value.ToString("0.00", CultureInfo.InvariantCulture) : "–";
}
