using System.Text.Json.Serialization;

namespace Stillwatch.Evaluation;

/// <summary>How findings compare with the truth. Its JSON is described in docs/formats/evaluation.md.</summary>
public sealed record EvaluationReport
{
    /// <summary>Name and version of the format.</summary>
    public const string CurrentSchema = "stillwatch.evaluation/1";

    /// <summary>Always <see cref="CurrentSchema"/>.</summary>
    [JsonPropertyOrder(-1)]
    public string Schema { get; } = CurrentSchema;

    /// <summary>Confidence of every interval.</summary>
    public double Confidence { get; } = Proportion.Confidence;

    /// <summary>Labelled accounts of the log that are benign.</summary>
    public required long BenignAccounts { get; init; }

    /// <summary>Labelled accounts of the log that act for a campaign.</summary>
    public required long CampaignAccounts { get; init; }

    /// <summary>Labelled accounts that the log does not hold; left out of every figure.</summary>
    public required long UnseenAccounts { get; init; }

    /// <summary>Accounts with a verdict or in a reported campaign that the truth does not label; left out of every figure.</summary>
    public required long UnlabelledAccounts { get; init; }

    /// <summary>The verdicts that act: restrict and block.</summary>
    public required AccountAccuracy Acted { get; init; }

    /// <summary>All verdicts, review included.</summary>
    public required AccountAccuracy Flagged { get; init; }

    /// <summary>True campaigns of which at least half of the accounts are in one reported campaign.</summary>
    public required Proportion CampaignRecall { get; init; }

    /// <summary>Reported campaigns with labelled members that are not in <see cref="FalseCampaigns"/>.</summary>
    public required Proportion CampaignPrecision { get; init; }

    /// <summary>Reported campaigns of which most labelled accounts are benign.</summary>
    public required IReadOnlyList<FalseCampaign> FalseCampaigns { get; init; }

    /// <summary>Every true campaign, in the ordinal order of the names.</summary>
    public required IReadOnlyList<CampaignAccuracy> Campaigns { get; init; }

    /// <summary>False positives by class of benign account, in the ordinal order of the names.</summary>
    public required IReadOnlyList<ClassAccuracy> BenignClasses { get; init; }
}
