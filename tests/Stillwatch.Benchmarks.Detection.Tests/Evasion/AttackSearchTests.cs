using Stillwatch.Benchmarks.Detection.Evasion;

namespace Stillwatch.Benchmarks.Detection.Tests.Evasion;

public sealed class AttackSearchTests
{
    private static readonly AttackAxis[] Axes =
        [.. ((string[])["accounts", "days", "loads", "cells"]).Select(name => AttackAxis.All.Single(axis => axis.Name == name))];

    [Fact]
    public void Cost_SomeAccountsCaught_HarvestsTheirShareAgain()
    {
        var point = new AttackPoint([], 0.2, new(3, 1, 4));
        Assert.Equal((5, 5), (point.Cost, point.Money));
        Assert.True(point.IsMissed);
        Assert.False((point with { Recall = 0.5 }).IsMissed);
        Assert.Equal(double.PositiveInfinity, (point with { Recall = 1 }).Cost);
    }

    [Fact]
    public async Task Search_FreeAxisIsEnough_CostsNothing()
    {
        var search = Search(static levels => levels[2] == 2 ? 0 : 1);
        Assert.Equal([0, 0, 2, 0], search.Free);
        Assert.Equal(1, (await search.CheapestMissedAsync())!.Cost);
    }

    /// <summary>Missed with 8 times the accounts alone, or with twice the days and 4 cells: the latter is found by the descent.</summary>
    [Fact]
    public async Task Search_TwoWaysOut_TakesTheCheaper()
    {
        var search = Search(static levels => levels[0] >= 3 || (levels[1] >= 1 && levels[3] >= 2) ? 0 : 1);
        var found = (await search.CheapestMissedAsync())!;
        Assert.Equal([0, 1, 2, 2], found.Levels);
        Assert.Equal(2, found.Cost);
    }

    [Fact]
    public async Task Search_NothingHelps_FindsNothing() => Assert.Null(await Search(static _ => 0.9).CheapestMissedAsync());

    [Fact]
    public async Task Curves_FromThePlain_TurnEachAxisAlone()
    {
        var search = Search(static levels => 1 - (levels.Sum() / 10.0));
        var curves = await search.CurvesAsync(search.Plain);
        Assert.Equal([5, 5, 3, 4], curves.Select(static curve => curve.Points.Count));
        Assert.Equal([1, 0.9, 0.8, 0.7, 0.6], curves[0].Points.Select(static point => Math.Round(point.Recall, 9)));
        Assert.Equal(16, curves[0].Points[4].Multiples.Accounts);
        Assert.Equal(5 + 5 + 3 + 4 - 3, search.Points.Count());
    }

    /// <summary>A level of cells multiplies the money by 1.3, a level of the loads nothing.</summary>
    private static AttackSearch Search(Func<IReadOnlyList<int>, double> recall) => new(
        Axes,
        static levels => new(1 << levels[0], 1 << levels[1], Math.Pow(1.3, levels[3])),
        levels => Task.FromResult(recall(levels)));
}
