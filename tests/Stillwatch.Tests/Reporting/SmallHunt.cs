using Stillwatch.Campaigns;
using Stillwatch.Coordination;
using Stillwatch.Hunting;

namespace Stillwatch.Tests.Reporting;

/// <summary>Results small enough to be written down.</summary>
internal static class SmallHunt
{
    public static HuntResult OneCampaign(params string[] names)
    {
        var accounts = names.Length > 0 ? names : ["alpha", "beta", "gamma"];
        var members = accounts.Select((name, i) =>
            new PictureMember(new(name), Verdict.Block, 1200 - (100 * i), At(1), At(2 + i), At(40 + i))).ToArray();
        return new()
        {
            Findings = new()
            {
                Interactions = 20_000,
                Rejected = 1,
                AccountsSeen = 812,
                From = At(0),
                To = At(71),
                Campaigns = [Campaign(members)],
                Accounts = [.. members.Select((member, i) => Finding(member, i)), Outsider],
            },
            Pictures = [Picture(members)],
            Background = [new(Day(0), 9000, 500, 500, 10), new(Day(1), 8000, 480, 200, 90), new(Day(2), 3000, 300, 112, 712)],
        };
    }

    public static HuntResult Nothing(long interactions = 20_000) => new()
    {
        Findings = new()
        {
            Interactions = interactions,
            AccountsSeen = interactions / 25,
            From = interactions > 0 ? At(0) : null,
            To = interactions > 0 ? At(71) : null,
            Campaigns = [],
            Accounts = [],
        },
        Pictures = [],
        Background = interactions > 0 ? [new(Day(0), interactions, 800, 800, 800)] : [],
    };

    private static AccountFinding Outsider => new()
    {
        Account = new("loner"),
        Verdict = Verdict.Review,
        PValue = 0.00012,
        Reasons = [new() { Code = "systematic-content", Summary = "Its 4,120 prompts walk through 61 subjects in order." }],
    };

    private static CampaignFinding Campaign(PictureMember[] members) => new()
    {
        Id = new("c-5f1e"),
        Accounts = [.. members.Select(member => member.Account)],
        Interactions = 3300,
        FirstSeen = At(2),
        LastSeen = At(42),
        AlertedAt = At(12),
        InteractionsBeforeAlert = 660,
        Log10EValue = 17.9,
        Models = ["m-large", "m-small"],
        Reasons =
        [
            new()
            {
                Code = "shared-payment",
                Summary = "3 of 3 accounts pay with 1 payment instrument that nobody else uses, "
                    + "which accounts of different customers hardly ever do.",
                Log10EValue = 12.25,
            },
            new() { Code = "model-pivot", Summary = "All moved to m-large within 9 hours.", Log10EValue = 2.2 },
            new() { Code = "elicitation", Summary = "74 % of prompts ask for reasoning." },
        ],
    };

    private static AccountFinding Finding(PictureMember member, int place) => new()
    {
        Account = member.Account,
        Campaign = new("c-5f1e"),
        Verdict = place == 1 ? Verdict.Restrict : Verdict.Block,
        PValue = 0.0004,
        Reasons = [new() { Code = "shared-payment", Summary = "Pays with the campaign's instrument.", Log10EValue = 3 }],
    };

    private static CampaignPicture Picture(PictureMember[] members) => new()
    {
        Id = new("c-5f1e"),
        MemberCount = members.Length,
        Members = members,
        Values =
        [
            new(SharedValueKind.Payment, "pay_77", members.Length, members.Length), new(SharedValueKind.Address, "198.51.100.7", 1, 4),
        ],
        Edges = [.. members.Select((_, i) => new PictureEdge(i, 0)), new(0, 1)],
        Days = [new(Day(0), 1800, 3, 3, 0), new(Day(1), 1500, 3, 0, 3)],
    };

    private static DateTimeOffset At(int hours) => new DateTimeOffset(2026, 3, 2, 0, 0, 0, TimeSpan.Zero).AddHours(hours);

    private static DateOnly Day(int day) => new DateOnly(2026, 3, 2).AddDays(day);
}
