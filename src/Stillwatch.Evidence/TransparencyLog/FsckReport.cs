namespace Stillwatch.Evidence.TransparencyLog;

/// <summary>What a check of a whole log found.</summary>
/// <param name="Checkpoint">The checkpoint that was checked; null if there is none that can be believed.</param>
/// <param name="Entries">Entries that were hashed again.</param>
/// <param name="Files">Tiles and bundles that were compared, partial ones included.</param>
/// <param name="Faults">What is wrong; empty for a whole log. At most <see cref="LogFsck.MaxFaults"/> are listed.</param>
public sealed record FsckReport(SignedCheckpoint? Checkpoint, ulong Entries, long Files, IReadOnlyList<FsckFault> Faults)
{
    /// <summary>
    /// Entries that were acknowledged and are not under the checkpoint yet: the writer, or the next one, will publish them.
    /// </summary>
    public ulong Unpublished { get; init; }

    /// <summary>Whether the log is whole.</summary>
    public bool IsWhole => Faults.Count == 0;
}
