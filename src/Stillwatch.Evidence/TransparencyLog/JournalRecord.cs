namespace Stillwatch.Evidence.TransparencyLog;

/// <summary>One batch of a journal.</summary>
/// <param name="After">The checkpoint of the tree with these entries.</param>
/// <param name="Entries">The entries that it adds.</param>
internal sealed record JournalRecord(SignedCheckpoint After, IReadOnlyList<ReadOnlyMemory<byte>> Entries)
{
    /// <summary>Entries of the tree with these.</summary>
    public ulong End => After.Checkpoint.Size;

    /// <summary>Entries of the tree before them.</summary>
    public ulong Start => End - (ulong)Entries.Count;
}
