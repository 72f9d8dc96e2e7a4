namespace Stillwatch.Store.Ingestion;

/// <summary>What a writer did so far.</summary>
/// <param name="Interactions">Interactions taken.</param>
/// <param name="Stored">Rows added to the store.</param>
/// <param name="Duplicates">Rows left out.</param>
/// <param name="LastBatch">The last batch of the store.</param>
internal readonly record struct WriteTotals(long Interactions, long Stored, long Duplicates, uint LastBatch);
