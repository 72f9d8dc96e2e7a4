using Stillwatch.Benchmarks.Detection.Coordination;
using Stillwatch.Statistics;

namespace Stillwatch.Benchmarks.Detection.Tests.Coordination;

public sealed class CopyCatchTests
{
    private const int Accounts = 600;
    private const int Objects = 200;
    private const int Members = 60;
    private const long Day = 24L * 3600 * 1000;

    [Fact]
    public void Detect_LockstepGroup_IsFoundWithStarScoutsParameters()
    {
        var suspicion = CopyCatch.Detect(Accounts, Objects, Lockstep(seed: 1, spreadDays: 10), new(), CancellationToken.None);
        var group = Assert.Single(suspicion.Groups);
        Assert.True(group.Count(static account => account < Members) >= 57);
        Assert.True(group.Length <= 62);
    }

    [Fact]
    public void Detect_SameObjectsOverAYear_AreNoLockstep() => Assert.Empty(
        CopyCatch.Detect(Accounts, Objects, Lockstep(seed: 2, spreadDays: 365), new(), CancellationToken.None).Groups);

    [Fact]
    public void Detect_GroupBelowTheLeastSize_IsNotFound() => Assert.Empty(
        CopyCatch.Detect(Accounts, Objects, Lockstep(seed: 3, spreadDays: 10), new() { MinAccounts = 70 }, CancellationToken.None).Groups);

    [Fact]
    public void FirstActions_RepeatedAction_KeepsTheEarliest()
    {
        var first = new FirstActions(2, 2, [new(1, 0, 9), new(1, 0, 4), new(0, 1, 2)]);
        Assert.Equal([(1, 4L)], first.OnObject(0).ToArray());
        Assert.Equal([(0, 4L)], first.OfAccount(1).ToArray());
        Assert.Equal([(1, 2L)], first.OfAccount(0).ToArray());
    }

    /// <summary>Members act on twelve objects within a span of days; everybody acts on a few others at any time of a year.</summary>
    private static List<AccountAction> Lockstep(ulong seed, int spreadDays)
    {
        var g = new SeededGenerator(seed);
        var actions = new List<AccountAction>();
        for (var account = 0; account < Accounts; account++)
        {
            for (var left = 0; left < 6; left++)
            {
                actions.Add(new(account, 12 + g.Next(Objects - 12), (long)(g.NextDouble() * 365 * Day)));
            }
        }

        for (var member = 0; member < Members; member++)
        {
            for (var target = 0; target < 12; target++)
            {
                if (g.NextDouble() < 0.9)
                {
                    actions.Add(new(member, target, (100 * Day) + (long)(g.NextDouble() * spreadDays * Day)));
                }
            }
        }

        return actions;
    }
}
