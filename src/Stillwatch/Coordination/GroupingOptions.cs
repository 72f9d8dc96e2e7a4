namespace Stillwatch.Coordination;

/// <summary>What makes a candidate group.</summary>
public sealed class GroupingOptions
{
    /// <summary>The fewest parties of a group. Default 8; at least 3. Smaller groups are teams as often as campaigns.</summary>
    public int MinParties { get; init; } = 8;

    /// <summary>The least share of a group's parties that must use a value for it to be typical. Default 0.15; in (0, 1].</summary>
    public double MinCoreShare { get; init; } = 0.15;

    /// <summary>How many times more frequent a typical value is inside the group than among all parties. Default 5; above 1.</summary>
    public double MinCoreLift { get; init; } = 5;

    /// <summary>The least score of a member, relative to the average member. Default 0.5; in (0, 1].</summary>
    public double MinMemberScore { get; init; } = 0.5;

    /// <summary>Resolution of the clustering. Default 1; above 0. Higher values give smaller groups.</summary>
    public double Resolution { get; init; } = 1;

    /// <summary>
    /// Values with more parties than this bring nobody together, though they may turn out typical of a group. Default: no bound. Set it
    /// where popular values are shared by accident only.
    /// </summary>
    public int MaxParties { get; init; } = int.MaxValue;

    /// <summary>The least load of a use that brings accounts together, in [0, 1]. Default 0.1.</summary>
    public double MinLoad { get; init; } = 0.1;
}
