using System.Text.Json.Serialization;
using Stillwatch.Interactions;

namespace Stillwatch.Campaigns;

/// <summary>An account whose verdict is not clear.</summary>
public sealed record AccountFinding
{
    /// <summary>The account; named once in a result.</summary>
    public required AccountId Account { get; init; }

    /// <summary>The campaign it belongs to; null for an account that stands alone.</summary>
    public CampaignId? Campaign { get; init; }

    /// <summary>The campaign that the account is near without belonging to it; null for members and where not told.</summary>
    public CampaignId? Near { get; init; }

    /// <summary>What the hunt advises.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>
    /// Probability, in [0, 1], that an account of the calibration population looks at least as suspicious; null where no such
    /// test was made.
    /// </summary>
    [JsonPropertyName("p_value")]
    public double? PValue { get; init; }

    /// <summary>
    /// How much of what is typical of the campaign the account shares, at least 0; the average member shares 1. Null where not told.
    /// </summary>
    public double? Score { get; init; }

    /// <summary>The score from which sharing alone makes a member; below it the account's own content has to speak for it.</summary>
    public double? ScoreNeeded { get; init; }

    /// <summary>Why, the strongest evidence first.</summary>
    public required IReadOnlyList<Reason> Reasons { get; init; }
}
