using FsCheck;
using FsCheck.Fluent;
using Stillwatch.Benchmarks.Detection.Coordination;

namespace Stillwatch.Benchmarks.Detection.Tests.Coordination;

public sealed class SynchroTrapTests
{
    private const long Second = 1000;

    /// <summary>
    /// By hand: on object 7 actions at 0 s and 600 s of the one match those at 200 s and 900 s of the other; 1,500 s matches none.
    /// </summary>
    [Fact]
    public void Similarities_KnownActions_AreTheJaccardIndex()
    {
        AccountAction[] actions =
        [
            new(0, 7, 0), new(0, 7, 600 * Second), new(0, 8, 0), new(1, 7, 200 * Second), new(1, 7, 900 * Second), new(1, 7, 1500 * Second),
        ];
        var similarities = SynchroTrap.Similarities([actions], new(), CancellationToken.None);
        Assert.Equal(2 / 4.0, Assert.Single(similarities).Value, 1e-12);
    }

    /// <summary>Two actions in all are too few to compare: the union is to be above 2.</summary>
    [Fact]
    public void Similarities_SmallUnion_IsNotCompared() => Assert.Empty(
        SynchroTrap.Similarities([[new(0, 1, 0), new(0, 2, 0), new(1, 1, 5)]], new(), CancellationToken.None));

    [Fact]
    public void Similarities_SeveralKinds_AreAddedUp()
    {
        AccountAction[] kind = [new(0, 1, 0), new(1, 1, 0), new(0, 2, 0), new(1, 3, 0)];
        var similarities = SynchroTrap.Similarities([kind, kind], new(), CancellationToken.None);
        Assert.Equal(2 / 3.0, similarities[(0, 1)], 1e-12);
    }

    [Fact]
    public void Matches_AnyActions_AreTheLargestMatching() =>
        Prop.ForAll(Times(), static times =>
        {
            var (first, second) = times;
            var ofFirst = first.Select(static at => new AccountAction(0, 0, at));
            var ofSecond = second.Select(static at => new AccountAction(1, 0, at));
            var matches = SynchroTrap.Matches([.. ofFirst, .. ofSecond], 2, CancellationToken.None);
            return matches.GetValueOrDefault((0, 1)) == Largest(first, [.. second]);
        }).QuickCheckThrowOnFailure();

    /// <summary>The published run on such a log: precision 0.978, recall 0.917, F1 0.946.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Detect_AttackedLog_ReachesThePublishedAccuracy(ulong seed)
    {
        var suspicion = SynchroTrap.Detect(AttackedLog.Accounts, [new AttackedLog().Draw(seed)], new(), CancellationToken.None);
        var accused = Enumerable.Range(0, AttackedLog.Accounts).Where(account => suspicion.Accused[account]).ToArray();
        var found = accused.Count(static account => account < AttackedLog.Attackers);
        Assert.True(found >= 0.917 * AttackedLog.Attackers, $"{found} found");
        Assert.True(2 * found >= 0.946 * (accused.Length + AttackedLog.Attackers), $"{accused.Length} accused, {found} of them rightly");
        Assert.True(found <= suspicion.Groups[0].Length);
    }

    [Fact]
    public void Detect_PausesOfHours_FindNobody()
    {
        var slow = new AttackedLog
        {
            Attack = TimeSpan.FromDays(1),
            Threads = 1,
            MinPause = TimeSpan.FromMinutes(20),
            MaxPause = TimeSpan.FromHours(2),
        };
        var suspicion = SynchroTrap.Detect(AttackedLog.Accounts, [slow.Draw(1)], new(), CancellationToken.None);
        Assert.True(suspicion.Accused.Take(AttackedLog.Attackers).Count(static accused => accused) < 5);
    }

    private static int Largest(int[] first, List<int> second)
    {
        if (first.Length == 0)
        {
            return 0;
        }

        var most = Largest(first[1..], second);
        for (var i = 0; i < second.Count; i++)
        {
            if (Math.Abs(first[0] - second[i]) <= 2)
            {
                most = Math.Max(most, 1 + Largest(first[1..], [.. second[..i], .. second[(i + 1)..]]));
            }
        }

        return most;
    }

    private static Arbitrary<(int[] First, int[] Second)> Times()
    {
        var times = Gen.Choose(0, 12).ListOf(4).Select(static list => list.ToArray());
        return times.Zip(times, static (first, second) => (first, second)).ToArbitrary();
    }
}
