namespace Stillwatch.Evidence.Disclosures;

/// <summary>One thing that was given out; the thing itself is not in the record.</summary>
/// <param name="Id">Its id in its own format: a STIX id, a file name, an epoch.</param>
/// <param name="Sha256">SHA-256 of its bytes as given, of JSON of its canonical form (RFC 8785), in lower-case hexadecimal.</param>
public sealed record DisclosedItem(string Id, string Sha256);
