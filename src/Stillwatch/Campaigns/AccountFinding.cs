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

    /// <summary>What the hunt advises.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>
    /// Probability, in [0, 1], that an account of the calibration population looks at least as suspicious; null where no such
    /// test was made.
    /// </summary>
    [JsonPropertyName("p_value")]
    public double? PValue { get; init; }

    /// <summary>Why, the strongest evidence first.</summary>
    public required IReadOnlyList<Reason> Reasons { get; init; }
}
