using System.Text.Json;

namespace Stillwatch.Simulation.Scenarios;

/// <summary>Reads scenarios from JSON. Unknown members are errors, and all errors are reported at once.</summary>
public static class ScenarioReader
{
    /// <summary>The longest accepted file in characters.</summary>
    public const int MaxLength = 1 << 20;

    private const int MaxDepth = 16;
    private const double MaxFactor = 10_000;
    private const double MinFactor = 0.0001;

    private static readonly JsonDocumentOptions Lenient = new()
    {
        CommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        MaxDepth = MaxDepth,
    };

    /// <summary>Reads one scenario.</summary>
    public static ScenarioReading Read(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        if (json.Length > MaxLength)
        {
            return Failed($"the scenario has {json.Length} characters; at most {MaxLength} are accepted");
        }

        try
        {
            using var document = JsonDocument.Parse(json, Lenient);
            var errors = new List<ScenarioError>();
            var scenario = Scenario(new JsonMembers(document.RootElement, string.Empty, errors), errors);
            return new ScenarioReading(errors.Count == 0 ? scenario : null, errors);
        }
        catch (JsonException e)
        {
            return Failed($"the scenario is not JSON: {e.Message}");
        }
    }

    private static ScenarioReading Failed(string message) => new(null, [new ScenarioError(string.Empty, message)]);

    private static Scenario Scenario(JsonMembers members, List<ScenarioError> errors)
    {
        var scenario = new Scenario
        {
            Name = members.Text("name", required: true) ?? string.Empty,
            Description = members.Text("description") ?? string.Empty,
            Start = Start(members),
            Days = (int)(members.Integer("days", true, 1, Scenarios.Scenario.MaxDays) ?? 1),
            Models = [.. members.Items("models", required: true).Select(item => Model(item, errors))],
            Release = Release(members, errors),
            Population = Population(members, errors),
            BenignInteractions = members.Integer("benign_interactions", false, 0, Scenarios.Scenario.MaxInteractions),
            Campaigns = [.. members.Items("campaigns").Select(item => CampaignReader.Read(item, errors))],
            Scale = members.Number("scale", 1, new Interval(MinFactor, MaxFactor)),
            BackgroundMultiplier = members.Number("background_multiplier", 1, new Interval(MinFactor, MaxFactor)),
        };
        members.RejectOthers();
        if (errors.Count == 0)
        {
            errors.AddRange(ScenarioRules.Check(scenario));
        }

        return scenario;
    }

    private static DateTimeOffset Start(JsonMembers members)
    {
        if (members.Text("start", required: true) is not { } text)
        {
            return default;
        }

        if (Time(text) is { } start && start.UtcDateTime.TimeOfDay == TimeSpan.Zero && start.Year is >= 2000 and < 2100)
        {
            return start.ToUniversalTime();
        }

        members.Fail("start", $"expected a midnight in UTC of the years 2000 to 2099 as RFC 3339 (2026-05-04T00:00:00Z), found {text}");
        return default;
    }

    private static DateTimeOffset? Time(string text)
    {
        using var document = JsonDocument.Parse(JsonSerializer.Serialize(text));
        return document.RootElement.TryGetDateTimeOffset(out var time) ? time : null;
    }

    private static ScenarioModel Model((JsonElement Value, string Path) item, List<ScenarioError> errors)
    {
        var members = new JsonMembers(item.Value, item.Path, errors);
        var model = new ScenarioModel(
            members.Text("name", required: true) ?? string.Empty,
            members.Number("share", double.NaN, new Interval(0, 1_000_000)),
            members.Flag("reasoning", false));
        members.RejectOthers();
        return model;
    }

    private static ModelRelease? Release(JsonMembers parent, List<ScenarioError> errors)
    {
        if (parent.Element("release", false) is not { } value)
        {
            return null;
        }

        var members = new JsonMembers(value, parent.PathOf("release"), errors);
        var release = new ModelRelease(
            members.Text("model", required: true) ?? string.Empty,
            members.Number("day", double.NaN, new Interval(0, Scenarios.Scenario.MaxDays)),
            members.Number("benign_share", double.NaN, new Interval(0, 1)));
        members.RejectOthers();
        return release;
    }

    private static Dictionary<BenignClass, int> Population(JsonMembers parent, List<ScenarioError> errors)
    {
        var population = new Dictionary<BenignClass, int>();
        if (parent.Element("population", required: true) is not { } value)
        {
            return population;
        }

        var members = new JsonMembers(value, parent.PathOf("population"), errors);
        foreach (var (name, _) in members.All().ToArray())
        {
            if (!SnakeCase.TryParse<BenignClass>(name, out var kind))
            {
                members.Fail(name, $"is no benign class; known are {SnakeCase.List<BenignClass>()}");
                continue;
            }

            population[kind] = (int)(members.Integer(name, false, 0, Scenarios.Scenario.MaxAccounts) ?? 0);
        }

        return population;
    }
}
