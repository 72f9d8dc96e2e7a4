using Stillwatch.Coordination;

namespace Stillwatch.Campaigns.Evidence;

/// <summary>What the members of a group share of one kind.</summary>
/// <param name="Kind">What kind of value.</param>
/// <param name="Sharing">Parties of the group that share a value with another party of it.</param>
/// <param name="Parties">Parties of the group.</param>
/// <param name="Values">The shared values, the most widely shared first.</param>
/// <param name="Common">Parties beyond the first at each shared value, summed, and that sum for as many random parties.</param>
public sealed record SharedValuesResult(
    SharedValueKind Kind, int Sharing, int Parties, IReadOnlyList<int> Values, ExcessCount Common);
