namespace Stillwatch.Store.Ingestion;

/// <summary>What the writer must know of an encoded row.</summary>
/// <param name="ObservedAtMs">When the interaction arrived.</param>
/// <param name="Account">The name of its account.</param>
/// <param name="Key">The identity of the interaction.</param>
internal readonly record struct RowHead(long ObservedAtMs, ulong Account, ulong Key);
