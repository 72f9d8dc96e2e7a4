using Stillwatch.Campaigns;
using Stillwatch.Campaigns.Reasons;
using Stillwatch.Evidence.Sharing.Stix.Export;
using Stillwatch.Interactions;

namespace Stillwatch.Evidence.Tests.Sharing.Stix;

/// <summary>Findings as a hunt brings them back, with names that must not leak.</summary>
internal static class SampleFindings
{
    public static readonly DateTimeOffset Time = new(2026, 3, 20, 17, 4, 5, 678, TimeSpan.Zero);

    public static CampaignFinding Campaign(int accounts = 25) => new()
    {
        Id = new CampaignId("campaign-5f0a6c3e9b12"),
        Accounts = [.. Enumerable.Range(1, accounts).Select(number => new AccountId($"acct-secret-{number:d4}"))],
        Interactions = 13_371_337,
        FirstSeen = new(2026, 3, 2, 11, 22, 33, TimeSpan.Zero),
        LastSeen = new(2026, 3, 19, 4, 5, 6, TimeSpan.Zero),
        Log10EValue = 31.416,
        Models = ["secret-model-5"],
        Reasons =
        [
            new Reason { Code = ReasonCodes.WorkPartition, Summary = "24242 pairs where 99 were expected.", Log10EValue = 12 },
            new Reason { Code = ReasonCodes.SharedNetwork, Summary = "198.51.100.0/24 is used by 25 members." },
            new Reason { Code = ReasonCodes.CreationBurst, Summary = "25 within an hour." },
        ],
    };

    public static IReadOnlyList<CampaignObservable> Observables { get; } =
    [
        new("campaign-5f0a6c3e9b12", "ipv4-addr", "198.51.100.0/24", 25),
        new("campaign-5f0a6c3e9b12", "ipv4-addr", "203.0.113.9", 7),
        new("campaign-5f0a6c3e9b12", "ipv6-addr", "2001:db8:1234::/48", 5),
        new("campaign-5f0a6c3e9b12", "autonomous-system", "64500", 20),
        new("campaign-5f0a6c3e9b12", "domain-name", "Reseller.Example", 9),
        new("campaign-5f0a6c3e9b12", "software", "harvester/1.0 (it's \\ here)", 25),
        new("campaign-5f0a6c3e9b12", "x-match-token", new string('a', 64), 21, "prompt-template", "2026-Q1"),
        new("campaign-5f0a6c3e9b12", "ipv4-addr", "192.0.2.77", 1),
    ];
}
