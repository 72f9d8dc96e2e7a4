using Stillwatch.Benchmarks.Detection.Coordination;
using Stillwatch.Campaigns;

namespace Stillwatch.Benchmarks.Detection.Tests.Coordination;

public sealed class SuspicionTests
{
    [Fact]
    public void FromGroups_OverlappingGroups_RankByTheFirst()
    {
        var suspicion = Suspicion.FromGroups(5, [([0, 1], [1, 2]), ([1, 3], [9, 0])]);
        Assert.Equal([2.25, 2.5, 0, 1, 0], suspicion.Scores);
        Assert.Equal([true, true, false, true, false], suspicion.Accused);
    }

    /// <summary>Review accuses nobody; members of a campaign that made no interaction are passed over.</summary>
    [Fact]
    public void StillwatchHunt_Findings_RankByVerdict()
    {
        var table = new RequestLog().Add("a", 0, "x").Add("b", 1, "x").Add("c", 2, "x").Table();
        var findings = new Findings
        {
            Interactions = 3,
            AccountsSeen = 3,
            Campaigns =
            [
                new() { Id = new("k"), Accounts = [new("a"), new("unseen")], Interactions = 1, Log10EValue = 9, Reasons = [] },
            ],
            Accounts =
            [
                new() { Account = new("a"), Verdict = Verdict.Block, PValue = 0.1, Reasons = [] },
                new() { Account = new("b"), Verdict = Verdict.Review, PValue = 0.5, Reasons = [] },
            ],
        };
        var suspicion = StillwatchHunt.Of(table, findings);
        Assert.Equal([3.45, 1.25, 0], suspicion.Scores);
        Assert.Equal([true, false, false], suspicion.Accused);
        Assert.Equal([0], Assert.Single(suspicion.Groups));
    }
}
