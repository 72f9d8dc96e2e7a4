using Stillwatch.Provenance.Lineage;
using Stillwatch.Provenance.Watermarking;

namespace Stillwatch.Provenance.Reports;

/// <summary>What a report does not hold and its figures need. Whoever verifies without some of it leaves out the figures of that.</summary>
public sealed record LineageSecrets
{
    /// <summary>Colours under each key, by the key's id.</summary>
    public IReadOnlyDictionary<string, KeyedGreenBits> Marks { get; init; } = new Dictionary<string, KeyedGreenBits>();

    /// <summary>The canaries of the book; null where it is not at hand.</summary>
    public IReadOnlyList<CanaryPair>? Canaries { get; init; }
}
