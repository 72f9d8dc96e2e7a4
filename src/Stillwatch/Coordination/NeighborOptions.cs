namespace Stillwatch.Coordination;

/// <summary>How widely <see cref="NeighborGraph"/> searches.</summary>
public sealed class NeighborOptions
{
    /// <summary>How many of an account's weightiest values are followed. Default 10; at least 1.</summary>
    public int ValuesFollowed { get; init; } = 10;

    /// <summary>
    /// Values with more parties than this are not followed, though they still count in similarities. Default: no bound. Set it
    /// where popular values link by accident only.
    /// </summary>
    public int MaxParties { get; init; } = int.MaxValue;

    /// <summary>How many users of each followed value are compared. Default 12; at least 1.</summary>
    public int UsersCompared { get; init; } = 12;

    /// <summary>How many neighbours are kept. Default 16; at least 1.</summary>
    public int Kept { get; init; } = 16;

    /// <summary>The least similarity of a neighbour, in [0, 1]. Default 0.2. Lower values link accounts by one value among many.</summary>
    public double MinSimilarity { get; init; } = 0.2;
}
