using Stillwatch.Campaigns;

namespace Stillwatch.Hunting;

/// <summary>A campaign as it can be drawn: members, what they share, and its life over time. Bounded in size.</summary>
public sealed record CampaignPicture
{
    /// <summary>The most members that are drawn; the findings name all.</summary>
    public const int MaxMembers = 300;

    /// <summary>The most shared values that are drawn.</summary>
    public const int MaxValues = 60;

    /// <summary>Which campaign.</summary>
    public required CampaignId Id { get; init; }

    /// <summary>How many members the campaign has.</summary>
    public required int MemberCount { get; init; }

    /// <summary>The members drawn, the busiest first.</summary>
    public required IReadOnlyList<PictureMember> Members { get; init; }

    /// <summary>The values drawn, the most telling first.</summary>
    public required IReadOnlyList<PictureValue> Values { get; init; }

    /// <summary>Who uses what.</summary>
    public required IReadOnlyList<PictureEdge> Edges { get; init; }

    /// <summary>The campaign's interactions day by day, days without any included.</summary>
    public required IReadOnlyList<PictureDay> Days { get; init; }
}
