using System.Text.Json.Serialization;

namespace Stillwatch.Campaigns;

/// <summary>The whole result of a hunt or a replay. Written and read by <see cref="FindingsJson"/>.</summary>
/// <remarks>Immutable. Two results are the same if their JSON is; record equality compares the lists by reference.</remarks>
public sealed record Findings
{
    /// <summary>Name and version of the format.</summary>
    public const string CurrentSchema = "stillwatch.findings/1";

    /// <summary>Always <see cref="CurrentSchema"/>.</summary>
    [JsonRequired]
    public string Schema { get; init; } = CurrentSchema;

    /// <summary>Interactions looked at.</summary>
    public required long Interactions { get; init; }

    /// <summary>Input lines that were not interactions; null where the input was a store.</summary>
    public long? Rejected { get; init; }

    /// <summary>Distinct accounts of the interactions.</summary>
    public required long AccountsSeen { get; init; }

    /// <summary>When the first interaction arrived.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>When the last interaction arrived.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>The campaigns, the strongest evidence first.</summary>
    public required IReadOnlyList<CampaignFinding> Campaigns { get; init; }

    /// <summary>Every account whose verdict is not clear, campaign member or not.</summary>
    public required IReadOnlyList<AccountFinding> Accounts { get; init; }
}
