namespace Stillwatch.Provenance.Reports;

/// <summary>A key of a mark as a report names it: without the key.</summary>
/// <param name="Id">The key's id, which tells nothing about it.</param>
/// <param name="Commitment">What was committed to; whoever is given key and nonce can open it.</param>
public sealed record MarkReference(string Id, string Commitment);
