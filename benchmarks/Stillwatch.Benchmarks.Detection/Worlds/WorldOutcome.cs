using Stillwatch.Campaigns;
using Stillwatch.Evaluation;

namespace Stillwatch.Benchmarks.Detection.Worlds;

/// <summary>What a hunt found in one world; acted means restricted or blocked.</summary>
internal sealed record WorldOutcome : IMeasured
{
    /// <inheritdoc/>
    public required string Setting { get; init; }

    /// <inheritdoc/>
    public required ulong Seed { get; init; }

    /// <summary>Interactions of the world.</summary>
    public required long Interactions { get; init; }

    /// <summary>Accounts of campaigns that were there to be found.</summary>
    public required long Guilty { get; init; }

    /// <summary>Those of <see cref="Guilty"/> acted on.</summary>
    public required long GuiltyActed { get; init; }

    /// <summary>Benign accounts.</summary>
    public required long Benign { get; init; }

    /// <summary>Those of <see cref="Benign"/> acted on.</summary>
    public required long BenignActed { get; init; }

    /// <summary>Campaigns.</summary>
    public required long Campaigns { get; init; }

    /// <summary>Campaigns of which at least half of the accounts are in one reported campaign.</summary>
    public required long CampaignsFound { get; init; }

    /// <summary>Each campaign's share of accounts acted on, by name.</summary>
    public required IReadOnlyDictionary<string, double> Shares { get; init; }

    /// <summary>Share of the campaigns' accounts that was acted on; not a number where there are none.</summary>
    public double AccountRecall => GuiltyActed / (double)Guilty;

    /// <summary>Share of the campaigns that was found; not a number where there are none.</summary>
    public double CampaignRecall => CampaignsFound / (double)Campaigns;

    /// <summary>Compares findings with the truth.</summary>
    public static WorldOutcome Of(string setting, ulong seed, Findings findings, Truth truth)
    {
        var report = FindingsEvaluator.Evaluate(findings, truth);
        return new()
        {
            Setting = setting,
            Seed = seed,
            Interactions = findings.Interactions,
            Guilty = report.Acted.Recall.Of,
            GuiltyActed = report.Acted.Recall.Count,
            Benign = report.Acted.FalsePositiveRate.Of,
            BenignActed = report.Acted.FalsePositiveRate.Count,
            Campaigns = report.CampaignRecall.Of,
            CampaignsFound = report.CampaignRecall.Count,
            Shares = report.Campaigns.ToDictionary(static own => own.Campaign, static own => own.Acted.Value ?? 0),
        };
    }
}
