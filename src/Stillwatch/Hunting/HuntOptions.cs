using Stillwatch.Campaigns;
using Stillwatch.Campaigns.Evidence;
using Stillwatch.Coordination;

namespace Stillwatch.Hunting;

/// <summary>How a hunt is run. The defaults are what the published error rates were measured with.</summary>
public sealed class HuntOptions
{
    /// <summary>What makes a candidate group.</summary>
    public GroupingOptions Grouping { get; init; } = new();

    /// <summary>Which kinds of evidence are examined.</summary>
    public EvidenceOptions Evidence { get; init; } = new();

    /// <summary>How much evidence each consequence needs.</summary>
    public SuspicionOptions Suspicion { get; init; } = new();

    /// <summary>Whether pictures for a report are drawn as well. Default false.</summary>
    public bool Pictures { get; init; }
}
