using System.Text.Json.Serialization;
using Stillwatch.Interactions;

namespace Stillwatch.Campaigns;

/// <summary>A group of accounts that act as one operator.</summary>
public sealed record CampaignFinding
{
    /// <summary>Named once in a result; stable for the same members and evidence.</summary>
    public required CampaignId Id { get; init; }

    /// <summary>The members.</summary>
    public required IReadOnlyList<AccountId> Accounts { get; init; }

    /// <summary>Interactions of all members.</summary>
    public required long Interactions { get; init; }

    /// <summary>When the members' first interaction arrived.</summary>
    public DateTimeOffset? FirstSeen { get; init; }

    /// <summary>When the members' last interaction arrived.</summary>
    public DateTimeOffset? LastSeen { get; init; }

    /// <summary>In a replay: the event time at which the campaign was first reported. Null after a hunt over the whole log.</summary>
    public DateTimeOffset? AlertedAt { get; init; }

    /// <summary>In a replay: interactions of the members that arrived before <see cref="AlertedAt"/>.</summary>
    public long? InteractionsBeforeAlert { get; init; }

    /// <summary>Decimal logarithm of the combined e-value against independent accounts.</summary>
    [JsonPropertyName("log10_e_value")]
    public required double Log10EValue { get; init; }

    /// <summary>Decimal logarithm of the evidence that the hunt demanded of a campaign to be reported; null where not told.</summary>
    [JsonPropertyName("log10_level")]
    public double? Log10Level { get; init; }

    /// <summary>Of <see cref="Log10EValue"/>, what content gives: the weaker of the two tests of divided work.</summary>
    [JsonPropertyName("log10_content")]
    public double? Log10Content { get; init; }

    /// <summary>Of <see cref="Log10EValue"/>, what the other sides give; the two add up to it.</summary>
    [JsonPropertyName("log10_corroboration")]
    public double? Log10Corroboration { get; init; }

    /// <summary>Models the members asked, the most asked first; null where not reported.</summary>
    public IReadOnlyList<string>? Models { get; init; }

    /// <summary>Why, the strongest evidence first.</summary>
    public required IReadOnlyList<Reason> Reasons { get; init; }
}
