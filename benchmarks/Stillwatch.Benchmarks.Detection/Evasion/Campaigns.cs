using System.Text.Json.Nodes;
using Stillwatch.Benchmarks.Detection.Worlds;

namespace Stillwatch.Benchmarks.Detection.Evasion;

/// <summary>The campaigns of the fixed experiments. Options that are not named here are those of the family.</summary>
internal static class Campaigns
{
    /// <summary>
    /// One campaign of each family and of four capabilities, of 30 accounts at a time with 50 exchanges each.
    /// </summary>
    public static IReadOnlyList<WorldCampaign> OfEveryFamily() =>
    [
        new("plain", "hydra_plain", 30, 1500, new() { ["capability"] = "reasoning" }),
        new("residential", "hydra_residential", 30, 1500, new() { ["capability"] = "agentic", ["paraphrase"] = 1 }),
        new("proxy", "mixed_proxy", 30, 1500, new() { ["capability"] = "rubric" }),
        new("slow", "low_and_slow", 30, 1500, new() { ["capability"] = "rewriting" }),
    ];

    /// <summary>
    /// Campaigns, one with shared racks and cards, two with nothing shared but the wrapper, all from the second day on.
    /// </summary>
    /// <param name="accounts">Of each campaign.</param>
    /// <param name="exchanges">Of each campaign.</param>
    public static IReadOnlyList<WorldCampaign> Steady(int accounts, int exchanges) =>
    [
        .. ((WorldCampaign[])
        [
            new("racks", "hydra_plain", accounts, exchanges, new() { ["capability"] = "reasoning" }),
            new("homes", "hydra_residential", accounts, exchanges, Alone(new() { ["capability"] = "agentic", ["rhythm"] = "always_on" })),
            new("wordings", "hydra_residential", accounts, exchanges, Alone(new() { ["capability"] = "rubric", ["paraphrase"] = 1 })),
        ]).Select(static campaign => campaign with { StartDay = 1 }),
    ];

    /// <summary>Three campaigns of 32 accounts that share no payment and no address, each of another capability.</summary>
    /// <param name="exchanges">Of an account, for the campaign; cover comes on top.</param>
    /// <param name="paraphrase">0, 1 or 2, as scenario files count.</param>
    /// <param name="cover">Share of each account's traffic that does not serve the campaign, 0 to below 1.</param>
    public static IReadOnlyList<WorldCampaign> Unshared(int exchanges, int paraphrase, double cover)
    {
        const int accounts = 32;
        return
        [
            .. ((string[])["reasoning", "rubric", "agentic"]).Select(capability =>
                new WorldCampaign(capability, "hydra_residential", accounts, accounts * exchanges, Options(capability))),
        ];

        JsonObject Options(string capability)
        {
            var options = Alone(new() { ["capability"] = capability, ["paraphrase"] = paraphrase });
            if (cover > 0)
            {
                options["cover"] = new JsonArray(cover, cover);
            }

            return options;
        }
    }

    /// <summary>Every account has an address, a payment and a mailbox of its own, and any program.</summary>
    private static JsonObject Alone(JsonObject options)
    {
        (options["network"], options["accounts_per_ip"], options["accounts_per_payment"]) = ("residential", 1, 1);
        (options["mail"], options["client"], options["style"], options["age"]) = ("provider", "any", "any", "spread");
        return options;
    }
}
