namespace Stillwatch.Campaigns.Evidence;

/// <summary>Which kinds of evidence are examined.</summary>
public sealed class EvidenceOptions
{
    /// <summary>
    /// Kinds that are left out. Default none. Switching both <see cref="EvidenceKind.InterchangeableContent"/> and
    /// <see cref="EvidenceKind.WorkPartition"/> off leaves nothing that can make a campaign.
    /// </summary>
    public IReadOnlySet<EvidenceKind> Without { get; init; } = new HashSet<EvidenceKind>();

    /// <summary>Whether a kind is examined.</summary>
    public bool Uses(EvidenceKind kind) => !Without.Contains(kind);
}
