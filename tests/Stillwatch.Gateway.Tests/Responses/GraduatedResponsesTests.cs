using Stillwatch.Evidence.Decisions;
using Stillwatch.Gateway.Dialects;
using Stillwatch.Gateway.Identity;
using Stillwatch.Gateway.Responses;

namespace Stillwatch.Gateway.Tests.Responses;

public sealed class GraduatedResponsesTests
{
    private static readonly ResponseScope Alice = new(ResponseScopeKind.Account, "alice");
    private static readonly ResponseScope Model = new(ResponseScopeKind.Model, "m");

    private readonly ManualTime _time = new();
    private readonly GraduatedResponses _responses;

    public GraduatedResponsesTests() => _responses = new(_time);

    [Fact]
    public void Responses_OfSeveralScopes_TheHarshestIsDone_AndAHarsherShadowNoted()
    {
        Set(Alice, ResponseStep.Slow, isShadow: false);
        Assert.True(Decide().Slows);
        Set(Model, ResponseStep.Block, isShadow: true);
        var decision = Decide();
        Assert.True(decision is { Slows: true, Refusal: null });
        Assert.Equal(["slow", "would_block"], decision.Notes!.Select(note => note.Effect));
        Set(Model, ResponseStep.Block, isShadow: false);
        Assert.Equal(RefusalReason.PolicyDenied, Decide().Refusal!.Reason);
        Assert.Equal(default, Decide("bob", "other"));
        _responses.Apply(ResponseRule.Lift(Model, "kim", _time.GetUtcNow(), "a mistake"));
        Assert.True(Decide() is { Slows: true, Refusal: null });
    }

    [Fact]
    public void Response_WhoseTimeIsOver_DoesNothing()
    {
        Set(Alice, ResponseStep.Challenge, isShadow: false);
        Assert.Equal(RefusalReason.ChallengeRequired, Decide().Refusal!.Reason);
        _time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(default, Decide());
        Assert.Empty(_responses.Active);
    }

    /// <summary>An entry that does not say that it is to be enforced is not, and one without an end says nothing.</summary>
    [Theory]
    [InlineData("""{"policy":"response","step":"block","until":"2026-12-01T00:00:00Z"}""", true)]
    [InlineData("""{"policy":"response","step":"block","shadow":false}""", false)]
    [InlineData("""{"policy":"response","step":"block","shadow":false,"until":"2036-12-01T00:00:00Z"}""", false)]
    [InlineData("""{"policy":"response","step":"17","shadow":false,"until":"2026-12-01T00:00:00Z"}""", false)]
    [InlineData("""{"policy":"killSwitch","step":"block","shadow":false,"until":"2026-12-01T00:00:00Z"}""", false)]
    public void Entry_ThatIsIncomplete_EnforcesNothing(string body, bool isShadow)
    {
        var json = System.Text.Json.Nodes.JsonNode.Parse(body)!.AsObject();
        _responses.Apply(DecisionEntry.Create("e", EntryKind.PolicyChange, Alice.Subject, "kim", _time.GetUtcNow(), json));
        Assert.Null(Decide().Refusal);
        Assert.Equal(isShadow, Decide().Notes is not null);
    }

    private void Set(ResponseScope scope, ResponseStep step, bool isShadow)
    {
        var now = _time.GetUtcNow();
        _responses.Apply(new ResponseRule(scope, step, isShadow, now.AddHours(1), "kim").ToEntry(now, "test"));
    }

    private ResponseDecision Decide(string account = "alice", string model = "m") => _responses.Decide(new(
        "r", _time.GetUtcNow(), ApiEndpoint.ChatCompletions, Dialect.OpenAi, new GatewayKey { Id = "k", Account = account },
        new RequestFacts { Model = model }, default));
}
