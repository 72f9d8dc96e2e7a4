using System.Net;
using System.Text.RegularExpressions;
using Stillwatch.Gateway.Ownership;
using Stillwatch.Gateway.Policies;
using Stillwatch.Gateway.Policies.Language;
using Stillwatch.Gateway.Policies.Values;

namespace Stillwatch.Gateway.Tests.Policies;

public sealed partial class PolicySetTests
{
    private static readonly AccessQuestion Question = new(
        "a-1", "o-1", "T1", "chat", "m-1", new DateTimeOffset(2026, 11, 28, 20, 0, 0, TimeSpan.Zero))
    { ModelFamilies = ["general"] };

    [Fact]
    public void Decide_NoPolicy_Denies() => Assert.Equal((false, 0), Outcome("", Question));

    [Fact]
    public void Decide_ForbidOverridesPermit_AndIsTheReason()
    {
        var decision = Decide("permit(principal, action, resource); @id(\"no\") forbid(principal, action, resource);", Question);
        Assert.False(decision.IsAllowed);
        Assert.Equal(["no"], decision.Reasons);
    }

    [Fact]
    public void Decide_PolicyThatFails_DoesNotCountAndIsSaid()
    {
        var decision = Decide(
            "permit(principal, action, resource); forbid(principal, action, resource) when { context.nothing == 1 };", Question);
        Assert.True(decision.IsAllowed);
        Assert.Equal(("policy1", "the record has no member 'nothing'."), (Assert.Single(decision.Errors).Policy,
            decision.Errors[0].Message));
    }

    /// <summary>The example of docs/policies.md.</summary>
    [Fact]
    public void Example_OfTheDocument_IsReadAndDecidesAsItSays()
    {
        var page = File.ReadAllText(Path.Combine(Root(), "docs", "policies.md"));
        var text = Example().Match(page).Groups[1].Value;
        var policy = new AccessPolicy(PolicySet.Parse(text, out var faults)!);
        Assert.Empty(faults);
        Assert.True(policy.Decide(Question).IsAllowed);
        Assert.False(policy.Decide(Question with { Tier = "T2" }).IsAllowed);
        Assert.Equal(["regions"], policy.Decide(Question with { Country = "XA" }).Reasons);
        var trial = policy.Decide(Question with { Tier = "T0" });
        Assert.StartsWith("Trials have no access", policy.MessageOf(trial), StringComparison.Ordinal);
        var logprobs = Question with { Features = ["logprobs"], AsnClass = "hosting" };
        Assert.Equal(["hosted-logprobs"], policy.Decide(logprobs).Reasons);
        Assert.True(policy.Decide(logprobs with { Tier = "T3" }).IsAllowed);
        Assert.Equal(["affiliates-2026"], policy.Decide(Question with { HalfOrMore = OwnershipVerdict.Unresolved }).Reasons);
        var before = new DateTimeOffset(2026, 11, 9, 23, 59, 59, TimeSpan.Zero);
        Assert.True(policy.Decide(Question with { HalfOrMore = OwnershipVerdict.Marked, At = before }).IsAllowed);
        Assert.Empty(policy.Decide(Question with
        {
            HalfOrMore = OwnershipVerdict.Clear,
            Address = IPAddress.Parse("::ffff:10.0.0.1")
        }).Errors);
    }

    [Fact]
    public void Parse_SeveralFaults_AreAllToldWithLineAndColumn()
    {
        const string Text = """
            permit(principal, action, resource) when { context.now < };
            permit(principal, action, resource);
            forbid(principal, action == Model::"m", resource);
            forbid(principal, action, resource)
              when { context.ip.isInside(ip("10.0.0.0/8")) } ;
            permit(principal, action, resource) unless { 99999999999999999999 > 1 § };
            @id("a") @id("b") permit(principal, action, resource);
            permit(principal, action, resource) when { "\q" == "unended };
            """;
        Assert.Null(PolicySet.Parse(Text, out var faults));
        Assert.Equal(
            [(1, 58), (3, 29), (5, 21), (6, 46), (6, 71), (7, 11), (8, 44), (8, 52)], faults.Select(fault => (fault.Line, fault.Column)));
        Assert.Contains("there are contains, containsAll", faults[2].Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("permit(principal, action, resource)")]
    [InlineData("permit(principal, resource, action);")]
    [InlineData("permit(principal == ?principal, action, resource);")]
    [InlineData("@id(\"x\") permit(principal, action, resource); @id(\"x\") forbid(principal, action, resource);")]
    [InlineData("permit(principal, action, resource) when { 1 < 2 < 3 };")]
    [InlineData("permit(principal, action, resource) when { !!!!!true };")]
    [InlineData("permit(principal, action, resource) when { {a: 1, \"a\": 2} == {} };")]
    public void Parse_NoPolicy_IsRefused(string text)
    {
        Assert.Null(PolicySet.Parse(text, out var faults));
        Assert.Single(faults);
    }

    [Theory]
    [InlineData("(", ")", 200, true)]
    [InlineData("(", ")", 100_000, false)]
    [InlineData("[", "]", 100_000, false)]
    [InlineData("!(", ")", 100_000, false)]
    [InlineData("if true then true else (", ")", 100_000, false)]
    public void Parse_Nesting_IsBounded(string opening, string closing, int depth, bool isRead)
    {
        var body = string.Concat(Enumerable.Repeat(opening, depth)) + "true" + string.Concat(Enumerable.Repeat(closing, depth));
        var policies = PolicySet.Parse($"permit(principal, action, resource) when {{ {body} }};", out _);
        Assert.Equal(isRead, policies is not null);
        Assert.True(policies?.Decide(AccessPolicy.RequestOf(Question)).IsAllowed ?? true);
    }

    [Theory]
    [InlineData("1 + ")]
    [InlineData("context.")]
    public void Parse_LongChains_AreBoundedAndDoNotOverflow(string link)
    {
        var chain = link == "1 + "
            ? string.Concat(Enumerable.Repeat(link, 100_000)) + "1 == 1"
            : "context" + string.Concat(Enumerable.Repeat(".a", 100_000)) + " == 1";
        Assert.Null(PolicySet.Parse($"permit(principal, action, resource) when {{ {chain} }};", out _));
        var flat = string.Join(" && ", Enumerable.Repeat("context.tier == \"T1\"", 20_000));
        Assert.True(Decide($"permit(principal, action, resource) when {{ {flat} }};", Question).IsAllowed);
    }

    [Fact]
    public void Parse_RandomText_IsReadOrRefused()
    {
        var random = new Random(3);
        const string Letters = "permitforbd(){}[]<>=!&|+-*.,;:\"\\@ 019aprincipalwhen\n/";
        for (var i = 0; i < 20_000; i++)
        {
            var text = new string([.. Enumerable.Range(0, random.Next(60)).Select(_ => Letters[random.Next(Letters.Length)])]);
            Assert.Equal(PolicySet.Parse(text, out var faults) is null, faults.Count > 0);
        }
    }

    [Fact]
    public void Bounds_OfTheText_AreHeld()
    {
        Assert.Null(PolicySet.Parse(new string(' ', PolicySet.MaxTextLength + 1), out _));
        Assert.Null(PolicySet.Parse(string.Concat(Enumerable.Repeat("permit(principal,action,resource);", PolicySet.MaxPolicies + 1)),
            out _));
    }

    [Fact]
    public void Entities_InACircleOrTwice_AreRefused()
    {
        var nothing = PolicyValue.Record([]);
        EntityId a = new("A", "a"), b = new("A", "b");
        Assert.Throws<ArgumentException>(() => new PolicyEntities([new(a, nothing, [b]), new(b, nothing, [a])]));
        Assert.Throws<ArgumentException>(() => new PolicyEntities([new(a, nothing, []), new(a, nothing, [])]));
        Assert.Throws<ArgumentException>(() => new PolicyEntities([new(a, PolicyValue.True, [])]));
    }

    [Theory]
    [InlineData("", "", true)]
    [InlineData("*", "", true)]
    [InlineData("a*b*c", "a-b-b-c", true)]
    [InlineData("a*b*c", "a-c-b", false)]
    [InlineData("ab*ba", "aba", false)]
    [InlineData("a\\*", "a*", true)]
    [InlineData("a\\*", "ab", false)]
    public void Like_StandsForAnyText(string pattern, string text, bool matches) =>
        Assert.Equal(matches, new LikePattern(Escapes.Pattern(pattern, out _)!).Matches(text));

    private static PolicyDecision Decide(string text, AccessQuestion question) =>
        new AccessPolicy(PolicySet.Parse(text, out _)!).Decide(question);

    private static (bool IsAllowed, int Reasons) Outcome(string text, AccessQuestion question)
    {
        var decision = Decide(text, question);
        return (decision.IsAllowed, decision.Reasons.Count);
    }

    private static string Root()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory!.FullName, "Stillwatch.slnx")))
        {
            directory = directory.Parent;
        }

        return directory.FullName;
    }

    [GeneratedRegex("```cedar\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Example();
}
