namespace Stillwatch.Store;

/// <summary>How far an ingest is.</summary>
/// <param name="Files">Files begun.</param>
/// <param name="TotalFiles">Files named.</param>
/// <param name="Bytes">Bytes read, as stored (compressed or not).</param>
/// <param name="TotalBytes">Bytes of all files; null where one has no known length.</param>
/// <param name="Interactions">Interactions read.</param>
/// <param name="Stored">Interactions added to the store; those of the last blocks follow later.</param>
/// <param name="Duplicates">Interactions left out because they came before or were stored already.</param>
/// <param name="Rejected">Records that gave no interaction.</param>
public sealed record IngestSnapshot(
    int Files, int TotalFiles, long Bytes, long? TotalBytes, long Interactions, long Stored, long Duplicates, long Rejected);
