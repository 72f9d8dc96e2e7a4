using System.Text.Json.Nodes;

namespace Stillwatch.Benchmarks.Detection.Worlds;

/// <summary>A small world to hunt in: benign accounts of all classes in fixed shares, and campaigns.</summary>
/// <remarks>
/// The shares are those of the composer's everyday scenario without a release. Its file is read by the composer and by the simulator alike.
/// </remarks>
/// <param name="Name">What it is called.</param>
/// <param name="Days">How long it lasts; campaigns last to its end.</param>
/// <param name="BenignAccounts">Benign accounts, about.</param>
/// <param name="BenignInteractions">Benign interactions, about.</param>
/// <param name="Campaigns">The campaigns.</param>
internal sealed record WorldScenario(
    string Name, int Days, int BenignAccounts, long BenignInteractions, IReadOnlyList<WorldCampaign> Campaigns)
    : IScenario
{
    /// <summary>Benign interactions of an account in a day, as in the composer's everyday scenario.</summary>
    public const double InteractionsPerAccountDay = 2.7;

    private static readonly (string Class, double Share)[] Population =
    [
        ("chatter", 0.616), ("tool_user", 0.046), ("vpn_exit", 0.1), ("app", 0.132), ("batch", 0.019), ("agent", 0.038),
        ("classroom", 0.04), ("evaluator", 0.007), ("reseller", 0.002),
    ];

    /// <summary>A world with the everyday number of interactions an account.</summary>
    public static WorldScenario Of(string name, int days, int benignAccounts, IReadOnlyList<WorldCampaign> campaigns) =>
        new(name, days, benignAccounts, (long)Math.Round(benignAccounts * days * InteractionsPerAccountDay), campaigns);

    /// <inheritdoc/>
    public string ToJson() => new JsonObject
    {
        ["name"] = Name,
        ["start"] = "2026-03-02T00:00:00Z",
        ["days"] = Days,
        ["models"] = new JsonArray(
            new JsonObject { ["name"] = "aurora-2-large", ["share"] = 0.4 },
            new JsonObject { ["name"] = "aurora-2-small", ["share"] = 0.5 },
            new JsonObject { ["name"] = "aurora-2-reason", ["share"] = 0.1, ["reasoning"] = true }),
        ["benign_interactions"] = BenignInteractions,
        ["population"] = new JsonObject(Population.Select(part => KeyValuePair.Create<string, JsonNode?>(
            part.Class, (int)Math.Max(1, Math.Round(part.Share * BenignAccounts))))),
        ["campaigns"] = new JsonArray([.. Campaigns.Select(Of)]),
    }.ToJsonString();

    private JsonObject Of(WorldCampaign campaign) => new()
    {
        ["id"] = campaign.Id,
        ["family"] = campaign.Family,
        ["accounts"] = campaign.Accounts,
        ["exchanges"] = campaign.Exchanges,
        ["start_day"] = campaign.StartDay,
        ["days"] = Days - campaign.StartDay,
        ["options"] = campaign.Options.DeepClone(),
    };
}
