using System.Globalization;
using Stillwatch.Simulation.Scenarios;
using Stillwatch.Statistics;

namespace Stillwatch.Benchmarks.Detection.Nulls;

/// <summary>Draws worlds that differ in size, in their mix of benign classes and in what happens in them.</summary>
/// <remarks>
/// A world is decided by its seed, kind and number. The weight of each class is drawn log-uniformly within a factor of
/// <see cref="MixFactor"/> around its usual one, so that in some worlds classes, evaluators, tools or undeclared companies stand out.
/// Release, holiday and wave are drawn independently of each other, so that worlds with and without one differ in nothing else.
/// </remarks>
internal static class WorldDesigner
{
    /// <summary>Length of every world.</summary>
    public const int Days = 14;

    private const double MixFactor = 3;
    private const int MinAccounts = 1000;
    private const int MaxAccounts = 2000;
    private const double ReleaseChance = 0.5;
    private const double HolidayChance = 0.5;
    private const double WaveChance = 0.5;
    private const int HoursADay = 24;

    private static readonly DateTimeOffset FirstStart = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);

    private static readonly (BenignClass Kind, double Weight)[] UsualMix =
    [
        (BenignClass.Chatter, 0.40), (BenignClass.VpnExit, 0.11), (BenignClass.ReleaseSurge, 0.12), (BenignClass.ToolUser, 0.09),
        (BenignClass.App, 0.12), (BenignClass.Batch, 0.025), (BenignClass.Agent, 0.05), (BenignClass.Classroom, 0.08),
        (BenignClass.Evaluator, 0.025), (BenignClass.Reseller, 0.003),
    ];

    private static readonly Capability[] Capabilities =
        [Capability.Reasoning, Capability.Rubric, Capability.Agentic, Capability.Rewriting];

    /// <summary>One of the worlds of a seed.</summary>
    /// <param name="kind">Null or control.</param>
    /// <param name="seed">Seed of all worlds.</param>
    /// <param name="number">From 1.</param>
    public static WorldDesign Draw(WorldKind kind, ulong seed, int number)
    {
        var draws = new WorldDraws(new SeededGenerator(seed, ((ulong)kind << 32) | (uint)number));
        var name = string.Create(CultureInfo.InvariantCulture, $"{(kind == WorldKind.Control ? "control" : "null")}-{number}");
        var release = draws.Chance(ReleaseChance)
            ? new ModelRelease("meridian-3", draws.Between(3.0, Days - 3.0), draws.Between(0.2, 0.9)) : null;
        var holiday = draws.Chance(HolidayChance) ? new Holiday(draws.Below(Days - 4) + 2, draws.Chance(0.5)) : null;
        var wave = draws.Chance(WaveChance)
            ? new PromptWave(draws.Below((Days - 4) * HoursADay), 24 + draws.Below(48), draws.Between(0.1, 0.4), 1 + draws.Below(5)) : null;
        var accounts = MinAccounts + draws.Below(MaxAccounts - MinAccounts + 1);
        var scenario = new Scenario
        {
            Name = name,
            Start = FirstStart.AddDays(draws.Below(364)),
            Days = Days,
            Models = Models(ref draws, release),
            Release = release,
            Population = Population(ref draws, accounts, release is not null),
            BenignInteractions = (long)(accounts * draws.Between(18, 32)),
            Campaigns = kind == WorldKind.Control ? [Campaign(ref draws, number)] : [],
        };
        return new(name, kind, scenario, seed, holiday, wave);
    }

    private static List<ScenarioModel> Models(ref WorldDraws draws, ModelRelease? release)
    {
        var models = new List<ScenarioModel>
        {
            new("meridian-2", draws.Between(0.3, 0.6), false),
            new("meridian-2-mini", draws.Between(0.2, 0.5), false),
            new("meridian-2-deep", draws.Between(0.05, 0.2), true),
        };
        if (release is not null)
        {
            models.Add(new(release.Model, 0, true));
        }

        return models;
    }

    private static Dictionary<BenignClass, int> Population(ref WorldDraws draws, int accounts, bool hasRelease)
    {
        var weights = new Dictionary<BenignClass, double>();
        foreach (var (kind, weight) in UsualMix)
        {
            var drawn = weight * Math.Pow(MixFactor, draws.Between(-1, 1));
            weights[kind] = kind == BenignClass.ReleaseSurge && !hasRelease ? 0 : drawn;
        }

        var total = weights.Values.Sum();
        return weights.Where(static pair => pair.Value > 0)
            .ToDictionary(static pair => pair.Key, pair => Math.Max(1, (int)Math.Round(accounts * pair.Value / total)));
    }

    /// <summary>A campaign of the family whose turn it is, with the family's own habits.</summary>
    private static CampaignScenario Campaign(ref WorldDraws draws, int number)
    {
        var families = Enum.GetValues<CampaignFamily>();
        var family = families[number % families.Length];
        var accounts = 30 + draws.Below(31);
        var options = CampaignFamilies.Defaults(family) with { Capability = Capabilities[draws.Below(Capabilities.Length)] };
        return new()
        {
            Id = "planted",
            Family = family,
            Accounts = accounts,
            Exchanges = (long)(accounts * draws.Between(40, 80)),
            StartDay = draws.Between(0, 3),
            Days = draws.Between(9, 11),
            Options = options,
        };
    }
}
