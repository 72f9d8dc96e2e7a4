using System.Globalization;
using System.Text.Json.Nodes;
using Stillwatch.Benchmarks.Detection.Worlds;

namespace Stillwatch.Benchmarks.Detection.Evasion;

/// <summary>The campaign that a choice makes: its world of a fortnight, and what it takes.</summary>
/// <param name="choice">The choice.</param>
internal sealed class AttackPlan(AttackChoice choice)
{
    /// <summary>Accounts of the plain campaign.</summary>
    public const int PlainAccounts = 24;

    /// <summary>Days of a world, and of the plain campaign.</summary>
    public const int PlainDays = 14;

    /// <summary>Exchanges that are harvested, whatever the choice: 24 accounts, 26 a day, 14 days.</summary>
    public const int Volume = PlainAccounts * 26 * PlainDays;

    private const int BenignAccounts = 2000;

    /// <summary>The world of the campaign's first fortnight.</summary>
    public WorldScenario Scenario(string name) => WorldScenario.Of(
        name, PlainDays, BenignAccounts, [.. Enumerable.Range(0, choice.Cells).Select(Cell)]);

    /// <summary>What the whole volume takes.</summary>
    public AttackResources Resources()
    {
        var seats = PlainAccounts * choice.Accounts;
        var requests = Volume / (1 - choice.Cover);
        var lives = choice.Rotation == 0 ? 1 : Math.Max(1, Math.Ceiling(requests / seats / choice.Rotation));
        var accounts = seats * lives;
        var fortnights = choice.Days;
        var dollars = (Volume * AttackPrices.Exchange)
            + ((requests - Volume) * AttackPrices.CoverExchange)
            + (accounts * (choice.Age == "aged" ? AttackPrices.AgedAccount : AttackPrices.Account))
            + (AttackPrices.Card * (choice.OwnPayments ? accounts : Math.Ceiling(accounts / 12.0)))
            + (choice.Residential
                ? requests * AttackPrices.GigabytesAnExchange * AttackPrices.ResidentialGigabyte
                : Math.Ceiling(seats / 5.0) * fortnights * AttackPrices.HostedAddress)
            + (choice.Wording == 2 ? Volume * AttackPrices.Rewriting : 0)
            + (choice.Cells * AttackPrices.Operation);
        return new(accounts, PlainDays * choice.Days, dollars);
    }

    private WorldCampaign Cell(int number)
    {
        var (accounts, exchanges) = (PlainAccounts * choice.Accounts / choice.Cells, Volume / choice.Days / choice.Cells);
        var options = new JsonObject
        {
            ["capability"] = "reasoning",
            ["network"] = choice.Residential ? "residential" : "hosting",
            ["accounts_per_ip"] = choice.Residential ? 1 : 5,
            ["accounts_per_payment"] = choice.OwnPayments ? 1 : 12,
            ["mail"] = choice.OwnPayments ? "provider" : "own",
            ["client"] = choice.Programs,
            ["style"] = choice.Programs,
            ["paraphrase"] = choice.Wording,
            ["balance"] = choice.Loads,
            ["rhythm"] = choice.Hours,
            ["session"] = choice.Hours == "human" ? 4 : 1,
            ["jitter_hours"] = choice.DelayHours,
            ["age"] = choice.Age,
            ["rotation"] = choice.Rotation,
        };
        if (choice.Cover > 0)
        {
            options["cover"] = new JsonArray(choice.Cover, choice.Cover);
        }

        return new(string.Create(CultureInfo.InvariantCulture, $"cell-{number + 1}"), choice.Family, accounts, exchanges, options);
    }
}
