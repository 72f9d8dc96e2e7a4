using System.Text.Json.Nodes;
using Stillwatch.Campaigns;
using Stillwatch.Evidence.Decisions;
using Stillwatch.Gateway.Responses;
using Stillwatch.Interactions;

namespace Stillwatch.Gateway.Tests.Responses;

public sealed class ResponsePlanTests
{
    private static readonly ResponseScope Ann = new(ResponseScopeKind.Account, "ann");

    private readonly ManualTime _time = new();
    private readonly ResponseHistory _history = new();

    [Fact]
    public void Verdicts_ByTheDefaultPolicy_SetShadowsOnly_AndNeverABlock()
    {
        var plan = Plan(Of(("ann", Verdict.Review), ("ben", Verdict.Restrict), ("cy", Verdict.Block)), "1");
        Assert.Equal(
            [ResponseStep.Observe, ResponseStep.Reduce, ResponseStep.Challenge], plan.Select(one => one.Rule!.Step));
        Assert.All(plan, one => Assert.True(one.Action is PlannedAction.Set && one.Rule!.IsShadow));
        Assert.Equal(new ResponseFinding("1", "c-1", "restrict", 7, ["shared-template"]), plan[1].Rule!.Finding, SameFinding);
    }

    [Fact]
    public void Entry_OfAPlan_IsReadAsWhatItSets()
    {
        var planned = Assert.Single(Plan(Of(("ann", Verdict.Restrict)), "1"));
        var read = DecisionEntry.Parse(planned.Entry!.Bytes);
        Assert.True(ResponseRule.TryRead(read, out var scope, out var rule));
        Assert.Equal(Ann, scope);
        Assert.Equal(planned.Rule!.Finding, rule!.Finding, SameFinding);
        Assert.Equal(planned.Rule with { Finding = null }, rule with { Finding = null });
    }

    [Fact]
    public void Findings_AppliedAgain_ChangeNothing_OthersRenewOnceAQuarterIsOver()
    {
        Apply(Of(("ann", Verdict.Restrict)), "1");
        Assert.Equal(PlannedAction.Leave, Only(Of(("ann", Verdict.Restrict)), "1").Action);
        Assert.Equal(PlannedAction.Leave, Only(Of(("ann", Verdict.Restrict)), "2").Action);
        _time.Advance(ResponsePolicy.DefaultLasts / 2);
        Assert.Equal(PlannedAction.Leave, Only(Of(("ann", Verdict.Restrict)), "1").Action);
        var renewed = Only(Of(("ann", Verdict.Restrict)), "2");
        Assert.Equal((PlannedAction.Renew, _time.GetUtcNow() + ResponsePolicy.DefaultLasts), (renewed.Action, renewed.Rule!.Until));
        _time.Advance(ResponsePolicy.DefaultLasts);

        // What has ended begins anew only by findings that are new.
        Assert.Equal(PlannedAction.Leave, Only(Of(("ann", Verdict.Restrict)), "1").Action);
        Assert.Equal(PlannedAction.Set, Only(Of(("ann", Verdict.Restrict)), "2").Action);
    }

    [Fact]
    public void Account_FoundNoMore_EndsByItselfUnlessItIsToBeLifted()
    {
        Apply(Of(("ann", Verdict.Restrict)), "1");
        var left = Only(Of(), "2");
        Assert.Equal((PlannedAction.Leave, "it is found no more, and ends by itself"), (left.Action, left.Why));
        Assert.Equal(PlannedAction.Lift, Assert.Single(Plan(Of(), "2", lift: true)).Action);
        Apply(Of(), "2", lift: true);
        Assert.Empty(Plan(Of(), "2", lift: true));
        Assert.Equal(PlannedAction.Set, Only(Of(("ann", Verdict.Review)), "3").Action);
    }

    [Fact]
    public void Person_WhoDecided_IsNotOverruled()
    {
        var now = _time.GetUtcNow();
        _history.Apply(new ResponseRule(Ann, ResponseStep.Slow, true, now.AddDays(1), "kim").ToEntry(now, "test"));
        Assert.Equal("kim decided what is done", Only(Of(("ann", Verdict.Block)), "1").Why);
        _history.Apply(ResponseRule.Lift(Ann, "kim", now, "a school"));
        Assert.Equal("kim lifted it", Only(Of(("ann", Verdict.Block)), "1").Why);
        _time.Advance(ResponseRule.MaxDuration);
        Assert.Equal(PlannedAction.Set, Only(Of(("ann", Verdict.Block)), "1").Action);
    }

    [Theory]
    [InlineData("campaign/c-1", "clear", null)]
    [InlineData("account/ann", "clear", null)]
    [InlineData("account/ann", "block", ResponseStep.Challenge)]
    [InlineData("account/other", "clear", ResponseStep.Reduce)]
    public void Override_OfAPerson_StandsAboveTheFinding(string subject, string verdict, ResponseStep? step)
    {
        _history.Apply(DecisionEntry.Create(
            "o", EntryKind.Override, subject, "kim", _time.GetUtcNow(), new JsonObject { ["verdict"] = verdict }));
        Assert.Equal(step, Only(Of(("ann", Verdict.Restrict)), "1").Rule?.Step);
    }

    [Fact]
    public void Exemption_WinsAndEndsWhatWasSet()
    {
        Apply(Of(("ann", Verdict.Restrict)), "1");
        var policy = ResponsePolicy.Default with { Exempt = new HashSet<ResponseScope> { Ann } };
        Assert.Equal((PlannedAction.Lift, "it is exempt"), Only(policy, Of(("ann", Verdict.Block)), "2"));
        Assert.Equal((PlannedAction.Lift, "it is exempt"), Only(policy, Of(), "2"));
    }

    [Fact]
    public void Rules_ByEvidence_TakeTheHarshestThatMatches_NoneHarsherThanAllowed()
    {
        var policy = ResponsePolicy.Default with
        {
            Rules =
            [
                new(Verdict.Restrict, ResponseStep.Slow) { Enforce = true },
                new(Verdict.Restrict, ResponseStep.Challenge) { Log10EValue = 8 },
                new(Verdict.Restrict, ResponseStep.Reduce) { Log10EValue = 6, Enforce = true },
                new(Verdict.Review, ResponseStep.Block) { Enforce = true },
            ],
        };
        Assert.Equal((ResponseStep.Reduce, true), Chosen(policy.Choose(Verdict.Restrict, 7, false)));
        Assert.Equal((ResponseStep.Slow, true), Chosen(policy.Choose(Verdict.Block, null, false)));
        Assert.Equal((ResponseStep.Challenge, false), Chosen(policy.Choose(Verdict.Block, 9, false)));
        Assert.Null(policy.Choose(Verdict.Review, 9, false));
        Assert.Null(policy.Choose(Verdict.Block, 9, isHearsay: true));
    }

    /// <summary>Whoever may write to a shared collection could otherwise plant somebody's customers.</summary>
    [Fact]
    public void Hearsay_OfOthersIndicatorsAlone_IsObservedAtMost()
    {
        var findings = Of(("ann", Verdict.Block)) with { Accounts = [Account("ann", Verdict.Block, "partner-indicator")] };
        Assert.Equal(ResponseStep.Observe, Only(findings, "1").Rule!.Step);
    }

    private static (ResponseStep, bool) Chosen(ResponsePolicyRule? rule) => (rule!.Step, rule.Enforce);

    private static bool SameFinding(ResponseFinding? a, ResponseFinding? b) =>
        a is not null && b is not null && a.Reasons.SequenceEqual(b.Reasons) && (a with { Reasons = b.Reasons }) == b;

    private static Findings Of(params (string Name, Verdict Verdict)[] accounts) => new()
    {
        Interactions = 10,
        AccountsSeen = 5,
        Campaigns =
        [
            new()
            {
                Id = new("c-1"),
                Accounts = [.. accounts.Select(one => new AccountId(one.Name))],
                Interactions = 5,
                Log10EValue = 7,
                Reasons = [],
            },
        ],
        Accounts = [.. accounts.Select(one => Account(one.Name, one.Verdict, "shared-template"))],
    };

    private static AccountFinding Account(string name, Verdict verdict, string code) => new()
    {
        Account = new(name),
        Campaign = new("c-1"),
        Verdict = verdict,
        Reasons = [new() { Code = code, Summary = "." }],
    };

    private PlannedResponse Only(Findings findings, string sha256) => Assert.Single(Plan(findings, sha256));

    private (PlannedAction, string) Only(ResponsePolicy policy, Findings findings, string sha256)
    {
        var one = Assert.Single(new ResponsePlan(policy, _history, "watch", _time.GetUtcNow()).Of(findings, sha256, false));
        return (one.Action, one.Why);
    }

    private IReadOnlyList<PlannedResponse> Plan(Findings findings, string sha256, bool lift = false) =>
        new ResponsePlan(ResponsePolicy.Default, _history, "watch", _time.GetUtcNow()).Of(findings, sha256, lift);

    private void Apply(Findings findings, string sha256, bool lift = false)
    {
        foreach (var one in Plan(findings, sha256, lift).Where(one => one.Entry is not null))
        {
            _history.Apply(one.Entry!);
        }
    }
}
