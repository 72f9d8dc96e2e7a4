using Stillwatch.Statistics;

namespace Stillwatch.Campaigns.Evidence;

/// <summary>How many items different members have in common, against what independent draws from one list would give.</summary>
/// <param name="Items">Items of work compared: prompts that stand alone, and conversations.</param>
/// <param name="Coincidences">Pairs of items of different parties that are the same word for word.</param>
/// <param name="Expected">The fewest that independent draws from the longest conceivable common list would give on average.</param>
/// <param name="Common">Probability of so few under independent draws from a common list.</param>
public sealed record WorkPartition(int Items, long Coincidences, double Expected, PValue Common)
{
    /// <summary>Evidence against a common list.</summary>
    public EValue Evidence => PToECalibrator.Mixture(Common);
}
