using Stillwatch.Benchmarks.Detection.Nulls;
using Stillwatch.Simulation;
using Stillwatch.Simulation.Scenarios;

namespace Stillwatch.Benchmarks.Detection.Tests.Nulls;

public sealed class WorldDesignerTests
{
    [Fact]
    public void Draw_SameArguments_GivesTheSameWorld()
    {
        var (first, second) = (WorldDesigner.Draw(WorldKind.Null, 1, 5), WorldDesigner.Draw(WorldKind.Null, 1, 5));
        Assert.Equal(Described(first), Described(second));
        Assert.NotEqual(Described(first), Described(WorldDesigner.Draw(WorldKind.Null, 1, 6)));
        Assert.NotEqual(Described(first), Described(WorldDesigner.Draw(WorldKind.Null, 2, 5)));
    }

    /// <summary>Every world can be simulated, has 1,000 to 2,000 benign accounts, and a campaign if and only if it is a control.</summary>
    [Fact]
    public void Draw_ManyWorlds_AreValidAndVaried()
    {
        var designs = Enumerable.Range(1, 60).Select(static number => WorldDesigner.Draw(WorldKind.Null, 3, number))
            .Concat(Enumerable.Range(1, 8).Select(static number => WorldDesigner.Draw(WorldKind.Control, 3, number))).ToList();
        foreach (var design in designs)
        {
            var traffic = SimulatedTraffic.Create(design.Scenario, new() { Seed = design.Seed }, TestContext.Current.CancellationToken);
            Assert.InRange(design.Scenario.Population.Values.Sum(), 990, 2010);
            Assert.Equal(design.Kind == WorldKind.Control ? 1 : 0, design.Scenario.Campaigns.Count);
            Assert.True(traffic.InteractionCount > 15 * design.Scenario.Population.Values.Sum());
        }

        var nulls = designs.Where(static design => design.Kind == WorldKind.Null).ToList();
        Assert.InRange(nulls.Count(static design => design.Scenario.Release is not null), 15, 45);
        Assert.InRange(nulls.Count(static design => design.Holiday is not null), 15, 45);
        Assert.InRange(nulls.Count(static design => design.Wave is not null), 15, 45);
        var campaigns = designs.SelectMany(static design => design.Scenario.Campaigns);
        Assert.Equal(4, campaigns.Select(static campaign => campaign.Family).Distinct().Count());
        var classrooms = nulls.ConvertAll(static design => design.Scenario.Population[BenignClass.Classroom]);
        Assert.True(classrooms.Max() > 3 * classrooms.Min());
    }

    private static string Described(WorldDesign design) =>
        $"{design.Name} {design.Scenario.Start:O} {design.Scenario.BenignInteractions} {design.Holiday} {design.Wave} "
            + design.Scenario.Release + string.Join(' ', design.Scenario.Population.OrderBy(static pair => pair.Key));
}
