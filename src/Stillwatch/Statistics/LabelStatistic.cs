namespace Stillwatch.Statistics;

/// <summary>The statistic of the data under an assignment of labels to its members; large is extreme. Must not keep the labels.</summary>
/// <param name="labels">The label of each member, in the members' order.</param>
public delegate double LabelStatistic(ReadOnlySpan<int> labels);
