using Stillwatch.Campaigns;
using Stillwatch.Campaigns.Evidence;
using Stillwatch.Campaigns.Indicators;
using Stillwatch.Coordination;

namespace Stillwatch.Hunting;

/// <summary>How a hunt is run. The defaults are what the published error rates were measured with.</summary>
public sealed record HuntOptions
{
    /// <summary>Infrastructure that more parties share than these (carriers, campuses, big VPN exits) links nobody. Default 1000.</summary>
    public const int PopularInfrastructure = 1000;

    /// <summary>What makes a candidate group of accounts that ask alike.</summary>
    public GroupingOptions Grouping { get; init; } = new();

    /// <summary>What makes a candidate group of accounts that come from the same places.</summary>
    public GroupingOptions InfrastructureGrouping { get; init; } =
        new() { MaxParties = PopularInfrastructure };

    /// <summary>Which kinds of evidence are examined.</summary>
    public EvidenceOptions Evidence { get; init; } = new();

    /// <summary>How much evidence each consequence needs.</summary>
    public SuspicionOptions Suspicion { get; init; } = new();

    /// <summary>What others shared as used by campaigns. Default none. A match raises an account to review, never to more.</summary>
    public IReadOnlyList<PartnerIndicator> Indicators { get; init; } = [];

    /// <summary>Whether pictures for a report are drawn as well. Default false.</summary>
    public bool Pictures { get; init; }
}
