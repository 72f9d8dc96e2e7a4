namespace Stillwatch.Store.Ingestion;

/// <summary>What became of a block.</summary>
/// <param name="Stored">Rows that were added.</param>
/// <param name="Known">Rows that the store held already.</param>
/// <param name="Batch">The batch of the added rows; if none, the last batch before.</param>
internal readonly record struct CommittedBlock(int Stored, int Known, uint Batch);
