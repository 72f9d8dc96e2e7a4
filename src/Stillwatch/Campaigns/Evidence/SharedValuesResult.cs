using Stillwatch.Coordination;
using Stillwatch.Statistics;

namespace Stillwatch.Campaigns.Evidence;

/// <summary>What the members of a group share of one kind.</summary>
/// <param name="Kind">What kind of value.</param>
/// <param name="Sharing">Parties of the group that share a value with another party of it.</param>
/// <param name="Parties">Parties of the group.</param>
/// <param name="Values">The shared values, the most widely shared first.</param>
/// <param name="Chance">Probability of the like among random accounts that cluster as independent ones may.</param>
public sealed record SharedValuesResult(
    SharedValueKind Kind, int Sharing, int Parties, IReadOnlyList<int> Values, PValue Chance);
