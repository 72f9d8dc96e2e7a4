using FsCheck;
using FsCheck.Fluent;
using Stillwatch.Benchmarks.Detection.Coordination;
using Stillwatch.Statistics;

namespace Stillwatch.Benchmarks.Detection.Tests.Coordination;

public sealed class CatchSyncTests
{
    /// <summary>By hand: shares 3/4 and 1/4 of the targets; background 1/2, 1/4, 1/4.</summary>
    [Fact]
    public void Measure_KnownTargets_AgreesWithTheHand()
    {
        var (synchronicity, normality) = CatchSync.Measure([0, 1, 2, 3], [0, 0, 0, 1], [0.5, 0.25, 0.25]);
        Assert.Equal(10 / 16.0, synchronicity, 1e-12);
        Assert.Equal((0.75 * 0.5) + (0.25 * 0.25), normality, 1e-12);
    }

    [Fact]
    public void LowerBound_TargetsLikeEverybodys_IsReached()
    {
        double[] shares = [0.5, 0.25, 0.25];
        var squares = shares.Sum(static share => share * share);
        Assert.Equal(squares, CatchSync.LowerBound(squares, shares), 1e-12);
    }

    [Fact]
    public void LowerBound_AnyTargets_LiesBelow() =>
        Prop.ForAll(Mixtures(), static mixture =>
        {
            var (targets, background) = mixture;
            var cells = background.Distinct().Order().ToArray();
            var known = targets.Where(cells.Contains).ToArray();
            double[] shares = [.. cells.Select(cell => background.Count(other => other == cell) / (double)background.Length)];
            int[] numbers = [.. known.Select(cell => Array.IndexOf(cells, cell))];
            if (numbers.Length == 0)
            {
                return true;
            }

            var (synchronicity, normality) = CatchSync.Measure([.. Enumerable.Range(0, numbers.Length)], numbers, shares);
            return synchronicity >= CatchSync.LowerBound(normality, shares) - 1e-9;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Authority_Star_LiesWithWhatIsUsedMost()
    {
        var authority = Authority.Of(new(3, 2, [(0, 0), (1, 0), (2, 0), (2, 1)]), 60);
        Assert.Equal(1, authority.Sum(static x => x * x), 1e-9);
        Assert.True(authority[0] > authority[1]);
    }

    /// <summary>The first 25 of 400 accounts use ten values that only they use; the others use ten values of any popularity.</summary>
    [Fact]
    public void Detect_SameOddTargets_StandOut()
    {
        const int Members = 25;
        var g = new SeededGenerator(9);
        var uses = new List<(int Account, int Value)>();
        for (var use = 0; use < 4000; use++)
        {
            var popularity = g.NextDouble();
            uses.Add((use / 10, use / 10 < Members ? 300 + (use % 10) : (int)(popularity * popularity * 300)));
        }

        var suspicion = CatchSync.Detect(new(400, 310, uses), new());
        var ranks = Enumerable.Range(0, 400).OrderByDescending(account => suspicion.Scores[account]).Take(Members);
        Assert.Equal(Enumerable.Range(0, Members), ranks.Order());
        Assert.All(suspicion.Accused.Take(Members), Assert.True);
    }

    [Fact]
    public void Detect_TooFewTargets_RankLast()
    {
        var suspicion = CatchSync.Detect(new(3, 4, [(0, 0), (1, 1), (1, 2), (1, 3), (2, 0), (2, 1), (2, 2)]), new());
        Assert.True(suspicion.Scores[0] < suspicion.Scores[1]);
        Assert.True(suspicion.Scores[0] < suspicion.Scores[2]);
    }

    private static Arbitrary<(int[] Targets, int[] Background)> Mixtures()
    {
        var cells = Gen.Choose(0, 4).NonEmptyListOf().Select(static list => list.ToArray());
        return cells.Zip(cells, static (targets, background) => (targets, background)).ToArbitrary();
    }
}
