using Stillwatch.Benchmarks.Detection.Worlds;
using Stillwatch.Evaluation;

namespace Stillwatch.Benchmarks.Detection.Accuracy;

/// <summary>What a hunt found in one world, by campaign and by class; acted means restricted or blocked.</summary>
internal sealed record AccuracyOutcome : IMeasured
{
    /// <inheritdoc/>
    public required string Setting { get; init; }

    /// <inheritdoc/>
    public required ulong Seed { get; init; }

    /// <summary>Interactions of the world.</summary>
    public required long Interactions { get; init; }

    /// <summary>Accounts of campaigns, and how many of them were acted on.</summary>
    public required Tally Found { get; init; }

    /// <summary>Benign accounts, and how many of them were acted on.</summary>
    public required Tally Wronged { get; init; }

    /// <summary>Benign accounts, and how many of them a person is asked to look at.</summary>
    public required Tally ToReview { get; init; }

    /// <summary>Reported campaigns, and how many of them are mostly benign accounts.</summary>
    public required Tally FalseCampaigns { get; init; }

    /// <summary>The campaigns by name.</summary>
    public required IReadOnlyDictionary<string, CampaignTally> Campaigns { get; init; }

    /// <summary>Benign accounts acted on, by class.</summary>
    public required IReadOnlyDictionary<string, Tally> Classes { get; init; }

    /// <summary>Takes the figures from the comparison with the truth.</summary>
    public static AccuracyOutcome Of(string setting, ulong seed, long interactions, EvaluationReport report) => new()
    {
        Setting = setting,
        Seed = seed,
        Interactions = interactions,
        Found = Tally.From(report.Acted.Recall),
        Wronged = Tally.From(report.Acted.FalsePositiveRate),
        ToReview = new Tally(
            report.Flagged.FalsePositiveRate.Count - report.Acted.FalsePositiveRate.Count, report.Flagged.FalsePositiveRate.Of),
        FalseCampaigns = new Tally(report.FalseCampaigns.Count, report.CampaignPrecision.Of),
        Campaigns = report.Campaigns.ToDictionary(
            static campaign => campaign.Campaign,
            static campaign => new CampaignTally(
                campaign.Class ?? "mixed", campaign.Detected, Tally.From(campaign.Acted), campaign.Fragments)),
        Classes = report.BenignClasses.ToDictionary(static own => own.Class, static own => Tally.From(own.Acted)),
    };
}
