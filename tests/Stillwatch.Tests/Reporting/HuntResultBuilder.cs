using System.Globalization;
using Stillwatch.Campaigns;
using Stillwatch.Coordination;
using Stillwatch.Hunting;

namespace Stillwatch.Tests.Reporting;

/// <summary>Composes the result of a hunt as real hunts give it: weekly rhythm, campaigns of cells that share values, churn.</summary>
/// <remarks>The same seed and settings give the same result.</remarks>
public sealed class HuntResultBuilder(int seed)
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);

    private readonly Random _random = new(seed);

    /// <summary>Accounts of each campaign.</summary>
    public IReadOnlyList<int> CampaignSizes { get; init; } = [340, 46];

    public int Days { get; init; } = 21;

    /// <summary>Accounts outside campaigns that have a verdict.</summary>
    public int Outside { get; init; } = 3;

    /// <summary>Names that the first accounts of the first campaign get.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    public long BackgroundPerDay { get; init; } = 9000;

    public HuntResult Build()
    {
        var built = CampaignSizes.Select((size, i) => BuildCampaign(size, i)).ToArray();
        var background = BuildBackground([.. built.Select(campaign => campaign.Picture)]);
        var outside = Enumerable.Range(0, Outside).Select(BuildOutside);
        return new()
        {
            Findings = new()
            {
                Interactions = background.Sum(day => day.Interactions),
                Rejected = 12,
                AccountsSeen = 4812 + CampaignSizes.Sum(),
                From = Start.AddMinutes(3),
                To = Start.AddDays(Days).AddMinutes(-1),
                Campaigns = [.. built.Select(campaign => campaign.Finding)],
                Accounts = [.. built.SelectMany(campaign => campaign.Accounts).Concat(outside)
                    .OrderBy(account => account.Account.Value, StringComparer.Ordinal)],
            },
            Pictures = [.. built.Select(campaign => campaign.Picture)],
            Background = background,
        };
    }

    private (CampaignFinding Finding, CampaignPicture Picture, AccountFinding[] Accounts) BuildCampaign(int size, int place)
    {
        var id = new CampaignId($"c-{_random.NextInt64():x16}"[..12]);
        var members = Enumerable.Range(0, size).Select(i => BuildMember(Name(place, i))).OrderByDescending(m => m.Interactions).ToArray();
        var accounts = members.Select((member, i) => BuildFinding(member, id, i)).ToArray();
        var (values, edges) = BuildSharing(Math.Min(size, CampaignPicture.MaxMembers), size);
        var days = BuildDays(members);
        var strength = 212.4 / (place + 1);
        return (new()
        {
            Id = id,
            Accounts = [.. members.Select(member => member.Account).OrderBy(account => account.Value, StringComparer.Ordinal)],
            Interactions = days.Sum(day => day.Interactions),
            FirstSeen = members.Min(member => member.FirstSeen),
            LastSeen = members.Max(member => member.LastSeen),
            Log10EValue = strength,
            Models = ["falcon-4-large", "falcon-4-mini"],
            Reasons = BuildReasons(size, strength),
        },
        new()
        {
            Id = id,
            MemberCount = size,
            Members = members[..Math.Min(size, CampaignPicture.MaxMembers)],
            Values = values,
            Edges = edges,
            Days = days,
        },
        accounts);
    }

    private string Name(int place, int index) =>
        place == 0 && index < Names.Count ? Names[index] : string.Create(CultureInfo.InvariantCulture, $"acct_{_random.NextInt64():x16}");

    private PictureMember BuildMember(string name)
    {
        var first = Start.AddMinutes(_random.Next(60, Days * 1440 * 2 / 3));
        var last = first.AddMinutes(_random.Next(600, Math.Max(601, (int)(Start.AddDays(Days) - first).TotalMinutes)));
        var interactions = 40 + (long)(900 * Math.Pow(_random.NextDouble(), 3));
        return new(new(name), Verdict.Review, interactions, first.AddHours(-_random.Next(1, 90)), first, Clamp(last));
    }

    private DateTimeOffset Clamp(DateTimeOffset time) => time < Start.AddDays(Days) ? time : Start.AddDays(Days).AddMinutes(-1);

    private AccountFinding BuildFinding(PictureMember member, CampaignId id, int place)
    {
        var draw = _random.NextDouble();
        var verdict = draw < 0.78 ? Verdict.Block : draw < 0.95 ? Verdict.Restrict : Verdict.Review;
        var reasons = new[]
        {
            new Reason { Code = "shared-payment", Summary = "Pays with an instrument that only 31 members use.", Log10EValue = 21.5 },
            new Reason { Code = "shared-template", Summary = "88 % of its prompts repeat phrases of the campaign.", Log10EValue = 9.25 },
            new Reason { Code = "synchronized-activity", Summary = "Active in the same minutes as the other members.", Log10EValue = 4.5 },
        };
        return new()
        {
            Account = member.Account,
            Campaign = id,
            Verdict = verdict,
            PValue = 0.0002 * (1 + (place % 7)),
            Reasons = [reasons[place % 3]],
        };
    }

    /// <summary>Four cells with values of their own, and a few values that all cells use.</summary>
    private (PictureValue[] Values, PictureEdge[] Edges) BuildSharing(int drawn, int size)
    {
        const int cells = 4;
        var count = Math.Clamp(size / 8, 12, CampaignPicture.MaxValues);
        var kinds = Enum.GetValues<SharedValueKind>();
        var (values, edges) = (new List<PictureValue>(), new List<PictureEdge>());
        for (var value = 0; value < count; value++)
        {
            var cell = value < Math.Max(3, count / 6) ? -1 : value % cells;
            var users = Enumerable.Range(0, drawn).Where(member => _random.NextDouble() < Chance(member % cells, cell)).ToArray();
            edges.AddRange(users.Select(member => new PictureEdge(member, value)));
            var all = Math.Min(size, Math.Max(users.Length, (int)((long)users.Length * size / drawn)));
            values.Add(new(kinds[value % kinds.Length], Label(kinds[value % kinds.Length]), all, all + _random.Next(0, 4)));
        }

        return ([.. values], [.. edges]);
    }

    private static double Chance(int memberCell, int valueCell) => valueCell < 0 ? 0.45 : memberCell == valueCell ? 0.4 : 0.004;

    private string Label(SharedValueKind kind) => kind switch
    {
        SharedValueKind.Payment => $"pay_{_random.Next():x8}{_random.Next():x8}",
        SharedValueKind.EmailDomain => $"{_random.Next():x6}.example",
        SharedValueKind.Address => $"198.51.100.{_random.Next(256)}",
        SharedValueKind.Network => $"203.0.{_random.Next(256)}.0/24",
        SharedValueKind.Client => $"AS{64496 + _random.Next(16)} t13d1516h2_{_random.Next():x6}",
        SharedValueKind.Phrase => $"phrase {_random.Next():x8}",
        SharedValueKind.SystemPrompt => $"system prompt {_random.Next():x8}",
        _ => $"tools {_random.Next():x8}",
    };

    private static Reason[] BuildReasons(int size, double strength) =>
    [
        new()
        {
            Code = "shared-payment", Log10EValue = strength * 0.62,
            Summary = $"{size * 9 / 10} of {size} accounts pay with {Math.Max(1, size / 12)} instruments that only 3 other accounts use.",
        },
        new()
        {
            Code = "shared-template", Log10EValue = strength * 0.34,
            Summary = $"{size * 8 / 10} of {size} accounts repeat the same 14 phrases around changing content; "
                + "0.02 % of all accounts use any of them.",
        },
        new()
        {
            Code = "work-partition", Log10EValue = strength * 0.11,
            Summary = "Members share templates, yet only 41 prompts were asked by two of them where independent accounts would "
                + "repeat about 1,320: the work was split.",
        },
        new()
        {
            Code = "synchronized-activity", Log10EValue = 4.3,
            Summary = "Members start and pause together: 61 % of their active minutes coincide, 12 % expected.",
        },
        new() { Code = "model-pivot", Log10EValue = 1.9, Summary = "83 % of members moved to falcon-4-large within 9 hours." },
        new() { Code = "elicitation", Summary = "74 % of prompts ask for step-by-step reasoning." },
    ];

    private static PictureDay[] BuildDays(PictureMember[] members)
    {
        var (first, last) = (Day(members.Min(m => m.FirstSeen)), Day(members.Max(m => m.LastSeen)));
        var days = Enumerable.Range(first, last - first + 1).Select(Empty).ToArray();
        foreach (var member in members)
        {
            var (from, to) = (Day(member.FirstSeen) - first, Day(member.LastSeen) - first);
            days[from] = days[from] with { Joined = days[from].Joined + 1 };
            days[to] = days[to] with { Left = days[to].Left + 1 };
            for (var i = from; i <= to; i++)
            {
                var before = member.Interactions * (i - from) / (to - from + 1);
                var after = member.Interactions * (i - from + 1) / (to - from + 1);
                days[i] = days[i] with { Interactions = days[i].Interactions + after - before, Accounts = days[i].Accounts + 1 };
            }
        }

        return days;
    }

    private static PictureDay Empty(int day) => new(DateOnly.FromDayNumber(day), 0, 0, 0, 0);

    private static int Day(DateTimeOffset time) => DateOnly.FromDateTime(time.UtcDateTime).DayNumber;

    private PictureDay[] BuildBackground(CampaignPicture[] pictures)
    {
        var campaigns = pictures.SelectMany(picture => picture.Days).ToLookup(day => day.Day, day => day.Interactions);
        return [.. Enumerable.Range(0, Days).Select(offset =>
        {
            var day = DateOnly.FromDateTime(Start.UtcDateTime).AddDays(offset);
            var weekday = day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? 0.55 : 1;
            var benign = (long)(BackgroundPerDay * weekday * (0.9 + (0.2 * _random.NextDouble())));
            return new PictureDay(day, benign + campaigns[day].Sum(), (int)(benign / 4) + 100, 40, 35);
        })];
    }

    private AccountFinding BuildOutside(int place) => new()
    {
        Account = new($"acct_{_random.NextInt64():x16}"),
        Verdict = place == 0 ? Verdict.Restrict : Verdict.Review,
        PValue = 0.00004 * (place + 1),
        Reasons =
        [
            new()
            {
                Code = "systematic-content", Log10EValue = 3.1,
                Summary = "Its 4,120 prompts walk through 61 subjects in alphabetical order, each equally often.",
            },
        ],
    };
}
