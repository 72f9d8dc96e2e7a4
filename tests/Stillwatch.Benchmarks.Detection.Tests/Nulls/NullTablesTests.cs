using Stillwatch.Benchmarks.Detection.Nulls;

namespace Stillwatch.Benchmarks.Detection.Tests.Nulls;

public sealed class NullTablesTests
{
    /// <summary>
    /// Four null worlds, one with a false campaign of 2 of 100 chatters; one control with its campaign and a false one. The only group of
    /// a world needs ten to the power 2 at a rate of 0.01; its partition's e-value of 10 is that of p = 0.0029.
    /// </summary>
    [Fact]
    public void Write_FewWorlds_CountsWhatIsFalse()
    {
        var worlds = Enumerable.Range(1, 4).Select(static number => World($"null-{number}", WorldKind.Null) with
        {
            HasRelease = number == 1,
            HasHoliday = number <= 2,
            HasWave = false,
            Reported = number == 1 ? 1 : 0,
            False = number == 1 ? 1 : 0,
            Benign = [new("app", 50, 0, 0), new("chatter", 100, number == 1 ? 2 : 0, number == 1 ? 3 : 0)],
            Groups = [Group(number == 1 ? 1.75 : -0.25, number == 1 ? 2.5 : -0.25)],
        });
        var control = World("control-1", WorldKind.Control) with
        {
            Family = "HydraPlain",
            Reported = 2,
            False = 1,
            Found = true,
            Guilty = 40,
            GuiltyActed = 30,
        };
        var written = Written([.. worlds, control]);
        Assert.Contains("| simulated, no campaign | 4 | 600 | 400 | 4 | 1 | 1 | 25.00 (0.63–80.59) | 25.00 (0.00–", written, Ordinal);
        Assert.Contains("| simulated, one campaign | 1 | 40 | 100 | 0 | 2 | 1 | 100.00 (2.50–100.00) | 50.00 |", written, Ordinal);
        Assert.Contains("| release | 1 | 1 | 100.00 (2.50–100.00) |", written, Ordinal);
        Assert.Contains("| no holiday | 2 | 0 | 0.00 (0.00–84.19) |", written, Ordinal);
        Assert.Contains("| chatter | 400 | 2 | 500.0 (60.6–1794.4) | 1 | 1 |", written, Ordinal);
        Assert.Contains("| HydraPlain | 1 | 1 | 100.0 (2.5–100.0) | 75.0 | 1 |", written, Ordinal);
        Assert.Contains("| template | 4 | 1 | 1 | 1 | 1 | +0.50 | 1.75 |", written, Ordinal);
        Assert.Contains("| work-partition | 4 | 4 | 10 | ", written, Ordinal);
        Assert.Contains("| work-partition | 4 | 100.00 | 100.00 | 0.00 |", written, Ordinal);
    }

    private const StringComparison Ordinal = StringComparison.Ordinal;

    private static NullOutcome World(string name, WorldKind kind) => new()
    {
        Name = name,
        Seed = 1,
        Kind = kind,
        Interactions = 100,
        Reported = 0,
        False = 0,
        Benign = [],
        Groups = [],
    };

    private static GroupReading Group(double content, double combined) =>
        new("template", "tool_user", 12, content, 0.75, combined, [new("work-partition", 1)]);

    private static string Written(IReadOnlyList<NullOutcome> outcomes)
    {
        using var text = new StringWriter();
        new NullTables(outcomes, text).Write();
        return text.ToString();
    }
}
