using System.Globalization;
using Stillwatch.Benchmarks.Detection.Metrics;
using Stillwatch.Campaigns;
using Stillwatch.Evaluation;

namespace Stillwatch.Benchmarks.Detection.Nulls;

/// <summary>The tables of the benchmark of null traffic.</summary>
/// <param name="outcomes">All worlds.</param>
/// <param name="writer">Where to.</param>
internal sealed class NullTables(IReadOnlyList<NullOutcome> outcomes, TextWriter writer)
{
    private static readonly SuspicionOptions Defaults = new();

    private static readonly (WorldKind Kind, string Name)[] Kinds =
    [
        (WorldKind.Null, "simulated, no campaign"),
        (WorldKind.Given, "given logs, no campaign"),
        (WorldKind.Control, "simulated, one campaign"),
    ];

    /// <summary>Writes all tables.</summary>
    public void Write()
    {
        Worlds();
        Conditions();
        BenignClasses();
        Controls();
        foreach (var (kind, name) in Kinds.Where(kind => kind.Kind != WorldKind.Control && Of(kind.Kind).Count > 0))
        {
            Gate(name, Of(kind));
            new CalibrationTables(Of(kind), name, writer).Write();
        }
    }

    private List<NullOutcome> Of(WorldKind kind) => [.. outcomes.Where(outcome => outcome.Kind == kind)];

    private void Worlds()
    {
        Title("False campaigns");
        var table = new MarkdownTable(
            "worlds", "number", "accounts", "interactions", "groups examined", "campaigns reported", "false",
            "worlds with a false one, % (95 %)", "mean false-discovery proportion, %");
        foreach (var (kind, name) in Kinds.Where(kind => Of(kind.Kind).Count > 0))
        {
            var worlds = Of(kind);
            table.Add(
                name,
                Count(worlds.Count),
                Count(worlds.Sum(static world => world.Benign.Sum(static part => part.Accounts) + world.Guilty)),
                Count(worlds.Sum(static world => world.Interactions)),
                Count(worlds.Sum(static world => world.Groups.Count)),
                Count(worlds.Sum(static world => world.Reported)),
                Count(worlds.Sum(static world => world.False)),
                Share(Proportion.Exact(worlds.Count(static world => world.False > 0), worlds.Count), 100, "0.00"),
                SeedBootstrap.Of(worlds.Select(static world => world.FalseDiscoveryProportion)).Percent(2));
        }

        table.Write(writer);
    }

    private void Conditions()
    {
        if (Of(WorldKind.Null).Count == 0)
        {
            return;
        }

        Title("False campaigns by what happens in a world, simulated worlds without a campaign");
        var table = new MarkdownTable("worlds", "number", "with a false campaign", "% (95 %)");
        foreach (var (name, includes) in WorldConditions.All)
        {
            var worlds = Of(WorldKind.Null).Where(includes).ToList();
            var reported = Proportion.Exact(worlds.Count(static world => world.False > 0), worlds.Count);
            table.Add(name, Count(worlds.Count), Count(reported.Count), Share(reported, 100, "0.00"));
        }

        table.Write(writer);
    }

    private void BenignClasses()
    {
        Title("Benign accounts restricted or blocked");
        var table = new MarkdownTable(
            "worlds and class", "accounts", "restricted or blocked", "per 100,000 (95 %)", "review only", "worlds with any restricted");
        foreach (var (kind, name) in Kinds.Where(kind => Of(kind.Kind).Count > 0))
        {
            var parts = Of(kind).SelectMany(static world => world.Benign.Select(part => (World: world.Name, Part: part))).ToList();
            Row($"{name}: all", parts);
            foreach (var group in parts.GroupBy(static part => part.Part.Class).OrderBy(static group => group.Key, StringComparer.Ordinal))
            {
                Row(group.Key, [.. group]);
            }
        }

        table.Write(writer);

        void Row(string name, List<(string World, ClassOutcome Part)> parts)
        {
            var acted = Proportion.Exact(parts.Sum(static part => part.Part.Acted), parts.Sum(static part => part.Part.Accounts));
            table.Add(
                name,
                Count(acted.Of),
                Count(acted.Count),
                Share(acted, 100_000, "0.0"),
                Count(parts.Sum(static part => part.Part.Flagged - part.Part.Acted)),
                Count(parts.Where(static part => part.Part.Acted > 0).Select(static part => part.World).Distinct().Count()));
        }
    }

    private void Controls()
    {
        if (Of(WorldKind.Control) is not { Count: > 0 } controls)
        {
            return;
        }

        Title("The planted campaigns");
        var table = new MarkdownTable(
            "family", "worlds", "found", "% (95 %)", "campaign accounts restricted or blocked, %", "false campaigns");
        foreach (var family in controls.GroupBy(static world => world.Family!).OrderBy(static family => family.Key, StringComparer.Ordinal))
        {
            Row(family.Key, [.. family]);
        }

        Row("all", controls);
        table.Write(writer);

        void Row(string family, List<NullOutcome> worlds)
        {
            var found = Proportion.Exact(worlds.Count(static world => world.Found), worlds.Count);
            table.Add(
                family,
                Count(found.Of),
                Count(found.Count),
                Share(found, 100, "0.0"),
                SeedBootstrap.Of(worlds.Select(static world => (double)world.GuiltyActed / world.Guilty)).Percent(),
                Count(worlds.Sum(static world => world.False)));
        }
    }

    /// <summary>How far groups of innocent accounts get, and how far the furthest stays below what is reported.</summary>
    private void Gate(string name, List<NullOutcome> worlds)
    {
        Title($"How far groups get: {name}");
        var table = new MarkdownTable(
            "found by", "groups", "content above 1", "past the gate", "and combined ≥ 100", "and at the level of e-BH",
            "nearest to it, powers of ten", "largest content, power of ten");
        var groups = worlds.SelectMany(world => world.Groups.Select(group => (Group: group, Level: Level(world)))).ToList();
        foreach (var side in groups.GroupBy(static pair => pair.Group.Side).OrderBy(static side => side.Key, StringComparer.Ordinal))
        {
            var past = side.Where(static pair => pair.Group.Content >= Defaults.MinContentLog10).ToList();
            var nearest = past.Select(static pair => pair.Group.Combined - pair.Level).DefaultIfEmpty(double.NaN).Max();
            table.Add(
                side.Key,
                Count(side.Count()),
                Count(side.Count(static pair => pair.Group.IsPursued)),
                Count(past.Count),
                Count(past.Count(static pair => pair.Group.Combined >= -Math.Log10(Defaults.FalseDiscoveryRate))),
                Count(past.Count(static pair => pair.Group.Combined >= pair.Level)),
                double.IsNaN(nearest) ? "–" : nearest.ToString("+0.00;-0.00", CultureInfo.InvariantCulture),
                side.Max(static pair => pair.Group.Content).ToString("0.00", CultureInfo.InvariantCulture));
        }

        table.Write(writer);
    }

    /// <summary>The decimal logarithm that a single group needs to be reported.</summary>
    private static double Level(NullOutcome world) => Math.Log10(world.Groups.Count / Defaults.FalseDiscoveryRate);

    private void Title(string title) => writer.WriteLine($"#### {title}\n");

    private static string Count(long count) => count.ToString("#,0", CultureInfo.InvariantCulture);

    private static string Share(Proportion share, double factor, string format)
    {
        return share.Value is { } value ? $"{Text(value)} ({Text(share.Lower!.Value)}–{Text(share.Upper!.Value)})" : "–";

        string Text(double number) => (factor * number).ToString(format, CultureInfo.InvariantCulture);
    }
}
