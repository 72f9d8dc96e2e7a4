using Stillwatch.Interactions.Reading;

namespace Stillwatch.Store;

/// <summary>What an ingest did.</summary>
/// <param name="Files">Files read.</param>
/// <param name="Bytes">Bytes read, as stored (compressed or not); 0 for interactions that came from memory.</param>
/// <param name="Interactions">Interactions read.</param>
/// <param name="Stored">Interactions added to the store.</param>
/// <param name="Duplicates">Interactions left out because they came before or were stored already.</param>
/// <param name="Faults">What was wrong with the input.</param>
/// <param name="LastBatch">The last batch written to the store, by this ingest or before it.</param>
public sealed record IngestSummary(
    int Files, long Bytes, long Interactions, long Stored, long Duplicates, InputFaultsSnapshot Faults, uint LastBatch);
