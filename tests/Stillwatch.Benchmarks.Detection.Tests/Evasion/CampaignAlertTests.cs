using Stillwatch.Benchmarks.Detection.Coordination;
using Stillwatch.Benchmarks.Detection.Evasion;
using Stillwatch.Campaigns;
using Stillwatch.Evaluation;

namespace Stillwatch.Benchmarks.Detection.Tests.Evasion;

public sealed class CampaignAlertTests
{
    private const long HourMs = 3_600_000;

    /// <summary>40 accounts with 920 exchanges are 23 each of 1,152: 2.0 %; 4 accounts were never named: a tenth of the rest.</summary>
    [Fact]
    public void Shares_Detected_CountUnnamedAccountsWhole()
    {
        var alert = new CampaignAlert
        {
            Campaign = "c",
            Accounts = 40,
            Detected = true,
            Hours = 20,
            ExchangesBefore = 920,
            AccountsBefore = 38,
            AccountsNamed = 36,
        };
        Assert.Equal(23, alert.ExchangesAnAccount);
        Assert.Equal(23 / 1152.0, alert.ShareAtAlert(1152), 12);
        Assert.Equal((23 / 1152.0) + (0.1 * (1 - (23 / 1152.0))), alert.ShareLeaked(1152), 12);
    }

    [Fact]
    public void Shares_NotDetected_AreAll()
    {
        var alert = new CampaignAlert
        {
            Campaign = "c",
            Accounts = 40,
            Detected = false,
            ExchangesBefore = 100,
            AccountsBefore = 40,
            AccountsNamed = 9,
        };
        Assert.Equal((1, 1), (alert.ShareAtAlert(1152), alert.ShareLeaked(1152)));
    }

    /// <summary>Three accounts send one exchange an hour from hour 0, 1 and 4 on; the alert comes at hour 3.</summary>
    [Fact]
    public void Of_Alert_CountsWhatCameBefore()
    {
        var (table, accounts) = Log();
        var alert = AlertReading.Of(Accuracy(detected: true), accounts, Found(accounts), table);
        Assert.Equal((true, 3.0), (alert.Detected, alert.Hours!.Value));
        Assert.Equal((3, 5L, 2, 2), (alert.Accounts, alert.ExchangesBefore, alert.AccountsBefore, alert.AccountsNamed));
    }

    [Fact]
    public void Of_NoAlert_CountsTheWholeLog()
    {
        var (table, accounts) = Log();
        var alert = AlertReading.Of(Accuracy(detected: false), accounts, Found(accounts), table);
        Assert.Null(alert.Hours);
        Assert.Equal((false, 11L, 3), (alert.Detected, alert.ExchangesBefore, alert.AccountsBefore));
    }

    private static (InteractionTable Table, AccountTruth[] Accounts) Log()
    {
        var table = new InteractionTable();
        AccountTruth[] accounts =
        [
            .. ((string[])["a", "b", "c"]).Select(static name => new AccountTruth
            {
                Account = new(name), Label = AccountLabel.Campaign, Campaign = "x",
            }),
        ];
        var stranger = table.AddAccount(new("stranger"));
        foreach (var (first, account) in ((int[])[0, 1, 4]).Zip(accounts))
        {
            var number = table.AddAccount(account.Account);
            for (var hour = first; hour < 5 + (first / 4); hour++)
            {
                table.Add(new() { Account = number, ObservedAtMs = hour * HourMs }, []);
            }
        }

        table.Add(new() { Account = stranger, ObservedAtMs = 0 }, []);
        return (table, accounts);
    }

    private static CampaignAccuracy Accuracy(bool detected) => new()
    {
        Campaign = "x",
        Acted = Proportion.Exact(2, 3),
        Flagged = Proportion.Exact(2, 3),
        Grouped = Proportion.Exact(2, 3),
        Detected = detected,
        Fragments = 1,
        AlertedAt = DateTimeOffset.FromUnixTimeMilliseconds(3 * HourMs),
    };

    private static Findings Found(AccountTruth[] accounts) => new()
    {
        Interactions = 12,
        AccountsSeen = 4,
        Accounts = [],
        Campaigns =
        [
            new()
            {
                Id = new("C-1"), Accounts = [accounts[0].Account, accounts[1].Account], Interactions = 9, Log10EValue = 9, Reasons = [],
            },
        ],
    };
}
