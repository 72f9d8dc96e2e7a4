using FsCheck;
using FsCheck.Fluent;
using Stillwatch.Campaigns;
using Stillwatch.Evaluation;
using Stillwatch.Interactions;

namespace Stillwatch.Tests.Evaluation;

public sealed class FindingsEvaluatorTests
{
    /// <summary>Campaign "x" of four accounts, "y" of two, four benign accounts in two classes; each made 10 interactions.</summary>
    private static readonly Truth Known = new(
    [
        Guilty("x1", "x"), Guilty("x2", "x"), Guilty("x3", "x"), Guilty("x4", "x"), Guilty("y1", "y"), Guilty("y2", "y"),
        Benign("b1", "app"), Benign("b2", "app"), Benign("b3", "chatter"), Benign("b4", "chatter"),
    ]);

    [Fact]
    public void Evaluate_NothingFound_HasNoPrecisionAndZeroRecall()
    {
        var report = FindingsEvaluator.Evaluate(Found([], []), Known);
        Assert.Null(report.Acted.Precision.Value);
        AssertShare(0, 6, report.Acted.Recall);
        AssertShare(0, 4, report.Acted.FalsePositiveRate);
        AssertShare(0, 2, report.CampaignRecall);
        Assert.Null(report.CampaignPrecision.Value);
        Assert.All(report.Campaigns, campaign => Assert.Null(campaign.Finding));
    }

    [Fact]
    public void Evaluate_Verdicts_CountsActedAndFlaggedApart()
    {
        var report = FindingsEvaluator.Evaluate(
            Found(
                [],
                [
                    ("x1", Verdict.Block), ("x2", Verdict.Restrict), ("x3", Verdict.Review), ("b1", Verdict.Restrict),
                    ("b3", Verdict.Review),
                ]),
            Known);
        AssertShare(2, 3, report.Acted.Precision);
        AssertShare(2, 6, report.Acted.Recall);
        AssertShare(1, 4, report.Acted.FalsePositiveRate);
        AssertShare(0, 6, report.Acted.RecallInCampaigns);
        AssertShare(3, 5, report.Flagged.Precision);
        AssertShare(3, 6, report.Flagged.Recall);
        AssertShare(2, 4, report.Flagged.FalsePositiveRate);
        Assert.Equal(["app", "chatter"], report.BenignClasses.Select(of => of.Class));
        AssertShare(1, 2, report.BenignClasses[0].Acted);
        AssertShare(0, 2, report.BenignClasses[1].Acted);
        AssertShare(1, 2, report.BenignClasses[1].Flagged);
    }

    [Fact]
    public void Evaluate_CampaignInTwoFindings_TakesTheBetterAndCountsFragments()
    {
        var report = FindingsEvaluator.Evaluate(
            Found([Reported("f1", "x1"), Reported("f2", "x2", "x3", "b1"), Reported("f3", "b2", "b3", "y1")], []),
            Known);
        var x = report.Campaigns[0];
        Assert.Equal(("x", true, 2), (x.Campaign, x.Detected, x.Fragments));
        Assert.Equal(new CampaignId("f2"), x.Finding);
        AssertShare(2, 4, x.Grouped);
        AssertShare(2, 3, x.Purity!);
        var y = report.Campaigns[1];
        Assert.True(y.Detected);
        AssertShare(1, 3, y.Purity!);
        AssertShare(2, 2, report.CampaignRecall);
        AssertShare(2, 3, report.CampaignPrecision);
        Assert.Equal(new FalseCampaign { Finding = new("f3"), Accounts = 3, Benign = 2 }, Assert.Single(report.FalseCampaigns));
    }

    [Fact]
    public void Evaluate_LessThanHalfInOneFinding_IsNotDetected()
    {
        var report = FindingsEvaluator.Evaluate(Found([Reported("f1", "x1"), Reported("f2", "x2")], []), Known);
        Assert.False(report.Campaigns[0].Detected);
        AssertShare(0, 2, report.CampaignRecall);
    }

    [Fact]
    public void Evaluate_Replay_WeighsEveryAccountByItsEarliestAlert()
    {
        var early = Reported("f1", "x1", "x2") with
        {
            Interactions = 20,
            AlertedAt = At(10),
            InteractionsBeforeAlert = 5,
            FirstSeen = At(4),
        };
        var late = Reported("f2", "x2", "x3") with { Interactions = 20, AlertedAt = At(20), InteractionsBeforeAlert = 15 };
        var report = FindingsEvaluator.Evaluate(Found([early, late], []), Known);
        var x = report.Campaigns[0];
        Assert.Equal((0.25 + 0.25 + 0.75 + 1) / 4, x.ThroughBeforeAlert!.Value, 12);
        Assert.Equal(At(10), x.AlertedAt);
        Assert.Equal(6, x.HoursUntilAlert);
        Assert.Equal(1, report.Campaigns[1].ThroughBeforeAlert);
        Assert.Null(report.Campaigns[1].AlertedAt);
    }

    [Fact]
    public void Evaluate_ReplayButTruthWithoutCounts_DoesNotGuess()
    {
        var truth = new Truth([new() { Account = new("x1"), Label = AccountLabel.Campaign, Campaign = "x" }]);
        var alerted = Reported("f1", "x1") with { AlertedAt = At(1), InteractionsBeforeAlert = 0 };
        var report = FindingsEvaluator.Evaluate(Found([alerted], []), truth);
        Assert.Null(report.Campaigns[0].ThroughBeforeAlert);
    }

    [Fact]
    public void Evaluate_Hunt_SaysNothingOfAlerts() =>
        Assert.Null(FindingsEvaluator.Evaluate(Found([Reported("f1", "x1")], []), Known).Campaigns[0].ThroughBeforeAlert);

    [Fact]
    public void Evaluate_AccountsWithoutALabel_AreCountedAndLeftOut()
    {
        var report = FindingsEvaluator.Evaluate(
            Found(
                [Reported("f1", "x1", "x2", "stranger1"), Reported("f2", "stranger2")],
                [("stranger1", Verdict.Block), ("x1", Verdict.Block)]),
            Known);
        Assert.Equal(2, report.UnlabelledAccounts);
        AssertShare(1, 1, report.Acted.Precision);
        AssertShare(2, 2, report.Campaigns[0].Purity!);
        AssertShare(1, 1, report.CampaignPrecision);
    }

    [Fact]
    public void Evaluate_AnyFindings_AgreesWithSetsOfAccounts() =>
        Check.One(Config.QuickThrowOnFailure.WithQuietOnSuccess(true), Prop.ForAll(
            ArbMap.Default.ArbFor<(byte[] Members, byte[] Restricted, byte[] Reviewed)>(),
            sample =>
            {
                var acted = Accounts(sample.Restricted);
                var reviewed = Accounts(sample.Reviewed).Except(acted).ToList();
                var report = FindingsEvaluator.Evaluate(
                    Found(
                        [Reported("f", [.. Accounts(sample.Members)])],
                        [.. acted.Select(a => (a, Verdict.Restrict)), .. reviewed.Select(a => (a, Verdict.Review))]),
                    Known);
                var guilty = Known.Accounts.Values.Where(a => a.Label == AccountLabel.Campaign).Select(a => a.Account.Value).ToHashSet();
                return report.Acted.Recall.Count == acted.Count(guilty.Contains)
                    && report.Acted.Precision.Of == acted.Count
                    && report.Flagged.Precision.Of == acted.Count + reviewed.Count
                    && report.Acted.RecallInCampaigns.Count == acted.Intersect(Accounts(sample.Members)).Count(guilty.Contains)
                    && report.BenignClasses.Sum(of => of.Acted.Count) == report.Acted.FalsePositiveRate.Count
                    && report.Campaigns.Sum(of => of.Acted.Count) == report.Acted.Recall.Count;
            }));

    private static List<string> Accounts(byte[]? choices) =>
        [.. (choices ?? []).Select(choice => Known.Accounts.Keys.ElementAt(choice % Known.Accounts.Count).Value).Distinct()];

    private static void AssertShare(long count, long of, Proportion share) => Assert.Equal((count, of), (share.Count, share.Of));

    private static AccountTruth Guilty(string account, string campaign) =>
    new()
    {
        Account = new(account),
        Label = AccountLabel.Campaign,
        Campaign = campaign,
        Class = "family",
        Interactions = 12,
        CampaignInteractions = 10,
    };

    private static AccountTruth Benign(string account, string of) =>
        new() { Account = new(account), Label = AccountLabel.Benign, Class = of, Interactions = 10 };

    private static CampaignFinding Reported(string id, params string[] accounts) => new()
    {
        Id = new(id),
        Accounts = [.. accounts.Select(account => new AccountId(account))],
        Interactions = 10 * accounts.Length,
        Log10EValue = 9,
        Reasons = [],
    };

    private static Findings Found(IReadOnlyList<CampaignFinding> campaigns, IEnumerable<(string Account, Verdict Verdict)> verdicts) =>
        new()
        {
            Interactions = 100,
            AccountsSeen = 10,
            Campaigns = campaigns,
            Accounts = [.. verdicts.Select(of => new AccountFinding { Account = new(of.Account), Verdict = of.Verdict, Reasons = [] })],
        };

    private static DateTimeOffset At(int hour) => new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero).AddHours(hour);
}
