using Stillwatch.Campaigns;

namespace Stillwatch.Evaluation;

/// <summary>What was found of one true campaign.</summary>
public sealed record CampaignAccuracy
{
    /// <summary>The campaign as the truth names it.</summary>
    public required string Campaign { get; init; }

    /// <summary>Its family; null where the truth gives none, or several.</summary>
    public string? Class { get; init; }

    /// <summary>Its accounts that were restricted or blocked.</summary>
    public required Proportion Acted { get; init; }

    /// <summary>Its accounts with any verdict, review included.</summary>
    public required Proportion Flagged { get; init; }

    /// <summary>Its accounts in the reported campaign that holds most of them.</summary>
    public required Proportion Grouped { get; init; }

    /// <summary>Whether at least half of its accounts are in one reported campaign.</summary>
    public required bool Detected { get; init; }

    /// <summary>The reported campaign that holds most of its accounts; null if none holds any.</summary>
    public CampaignId? Finding { get; init; }

    /// <summary>Purity of <see cref="Finding"/>: its labelled accounts that belong to this campaign.</summary>
    public Proportion? Purity { get; init; }

    /// <summary>Reported campaigns that hold any of its accounts: 1 is whole, more is fragmented.</summary>
    public required int Fragments { get; init; }

    /// <summary>In a replay: the event time at which <see cref="Finding"/> was first reported.</summary>
    public DateTimeOffset? AlertedAt { get; init; }

    /// <summary>In a replay: hours from the first interaction of <see cref="Finding"/> to its alert.</summary>
    public double? HoursUntilAlert { get; init; }

    /// <summary>
    /// In a replay: the share, 0 to 1, of the campaign's interactions that got through before the alert. Accounts in no reported campaign
    /// count as getting all of theirs through. Null without a replay, or where the truth does not count interactions.
    /// </summary>
    public double? ThroughBeforeAlert { get; init; }
}
