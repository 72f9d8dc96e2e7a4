using Stillwatch.Campaigns;

namespace Stillwatch.Hunting;

/// <summary>Everything a hunt brings back: the findings of the contract, and what a person needs to see them.</summary>
public sealed record HuntResult
{
    /// <summary>The findings, as the contract has them.</summary>
    public required Findings Findings { get; init; }

    /// <summary>One picture a campaign, in the order of the findings.</summary>
    public required IReadOnlyList<CampaignPicture> Pictures { get; init; }

    /// <summary>All interactions of the log, day by day.</summary>
    public required IReadOnlyList<PictureDay> Background { get; init; }

    /// <summary>What became of each indicator that the hunt was given, in its order.</summary>
    public IReadOnlyList<IndicatorUse> Indicators { get; init; } = [];
}
