using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Stillwatch.Gateway.Policies;

namespace Stillwatch.Gateway.Tests.Policies;

/// <summary>Thousands of random policies and requests: this engine and Cedar's own say the same.</summary>
public sealed partial class CedarDifferentialTests
{
    private const int Cases = 5000;

    [Theory]
    [InlineData(20261128)]
    [InlineData(20261129)]
    public async Task Decide_RandomPolicies_SaysWhatCedarSays(int seed)
    {
        var random = new Random(seed);
        var texts = new PolicyTexts(random);
        var cases = Enumerable.Range(0, Cases).Select(_ => (Text: texts.Policies(), World: new PolicyWorld(random))).ToList();
        var answers = await CedarOracle.DecideAsync(cases.Select(item => WithPolicies(item.World.Json, item.Text)));
        var differences = cases.Zip(answers).Select(pair => Difference(pair.First.Text, pair.First.World,
            pair.Second)).OfType<string>().ToList();
        Assert.True(differences.Count == 0,
            $"{differences.Count} differences, the first of seed {seed}:\n{string.Join("\n", differences.Take(5))}");
        AssertVaried(answers);
    }

    [Fact]
    public async Task Parse_MutatedPolicies_AreReadOrRefusedAsByCedar()
    {
        var random = new Random(7);
        var texts = new PolicyTexts(random);
        var world = new PolicyWorld(random);
        var cases = Enumerable.Range(0, Cases).Select(_ => Mutate(texts.Policies(), random)).ToList();
        var answers = await CedarOracle.DecideAsync(cases.Select(text => WithPolicies(world.Json, text)));
        var differences = cases.Zip(answers)
            .Where(pair => (PolicySet.Parse(pair.First, out _) is not null) != pair.Second["parsed"]!.GetValue<bool>())
            .Where(pair => !IsStricterHere(pair.First))
            .Select(pair => $"{pair.First}\n  Cedar: {pair.Second.ToJsonString()}\n  here: {Faults(pair.First)}").ToList();
        Assert.True(differences.Count == 0, $"{differences.Count} differences:\n{string.Join("\n", differences.Take(8))}");
        var read = answers.Count(answer => answer["parsed"]!.GetValue<bool>());
        Assert.InRange(read, Cases / 25, Cases - (Cases / 5));
    }

    /// <summary>Here a function with a wrong number of arguments is refused; Cedar reads it and fails when it is evaluated.</summary>
    private static bool IsStricterHere(string text) => PolicySet.Parse(text, out var faults) is null
        && faults.All(fault => fault.Message.Contains(" takes 1 arguments, not ", StringComparison.Ordinal));

    private static string Faults(string text)
    {
        PolicySet.Parse(text, out var faults);
        return string.Join("; ", faults);
    }

    private static JsonObject WithPolicies(JsonObject request, string text)
    {
        var copy = request.DeepClone().AsObject();
        copy["policies"] = text;
        return copy;
    }

    private static string? Difference(string text, PolicyWorld world, JsonObject answer)
    {
        if (PolicySet.Parse(text, out var faults) is not { } policies || !answer["parsed"]!.GetValue<bool>())
        {
            return $"{text}\n  Cedar: {answer.ToJsonString()}\n  here: {string.Join("; ", faults)}";
        }

        var decision = policies.Decide(world.Request);
        var isSame = decision.IsAllowed == answer["allowed"]!.GetValue<bool>()
            && decision.Reasons.Order(StringComparer.Ordinal).SequenceEqual(Names(answer["reasons"]!))
            && decision.Errors.Select(error => error.Policy).Order(StringComparer.Ordinal).SequenceEqual(Names(answer["errors"]!));
        return isSame ? null
            : $"{text}\n  request {world.Json.ToJsonString()}\n  Cedar: {answer.ToJsonString()}\n  here: {decision.IsAllowed}, reasons "
                + $"{string.Join(", ", decision.Reasons)}, errors {string.Join("; ", decision.Errors)}";
    }

    private static IEnumerable<string> Names(JsonNode names) => names.AsArray().Select(name => name!.GetValue<string>());

    /// <summary>Control: the cases reach every outcome often enough to tell engines apart.</summary>
    private static void AssertVaried(IReadOnlyList<JsonObject> answers)
    {
        Assert.InRange(answers.Count(answer => answer["allowed"]!.GetValue<bool>()), Cases / 10, Cases);
        Assert.InRange(answers.Count(answer => answer["errors"]!.AsArray().Count > 0), Cases / 10, Cases);
        Assert.InRange(answers.Count(answer => !answer["allowed"]!.GetValue<bool>()
            && answer["reasons"]!.AsArray().Count > 0), Cases / 20, Cases);
    }

    /// <summary>Drops, doubles, swaps or replaces a token or two, half of the time with one of its kind.</summary>
    private static string Mutate(string text, Random random)
    {
        var tokens = Token().Matches(text).Select(match => match.Value).ToList();
        for (var count = random.Next(1, 3); count > 0; count--)
        {
            var at = random.Next(tokens.Count);
            var alike = Enumerable.Range(0, tokens.Count).Where(token => Kind(tokens[token]) == Kind(tokens[at])).ToList();
            var isAlike = random.Next(2) == 0;
            var other = isAlike ? alike[random.Next(alike.Count)] : random.Next(tokens.Count);
            switch (isAlike ? 3 : random.Next(4))
            {
                case 0:
                    tokens.RemoveAt(at);
                    break;
                case 1:
                    tokens.Insert(at, tokens[at]);
                    break;
                case 2:
                    (tokens[at], tokens[other]) = (tokens[other], tokens[at]);
                    break;
                default:
                    tokens[at] = tokens[other];
                    break;
            }
        }

        return string.Join(' ', tokens);
    }

    private static int Kind(string token) => char.IsAsciiLetter(token[0]) ? 0 : char.IsAsciiDigit(token[0]) ? 1 : token[0] == '"' ? 2 : 3;

    [GeneratedRegex("""
        "(\\.|[^"\\])*"|[A-Za-z_][A-Za-z0-9_]*|[0-9]+|==|!=|<=|>=|&&|\|\||::|[^\s]
        """)]
    private static partial Regex Token();
}
