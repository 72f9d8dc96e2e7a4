namespace Stillwatch.Evidence.Sharing.Taxii.Storage;

/// <summary>What became of one posted object (TAXII 2.1, 4.3: status-details).</summary>
/// <param name="Id">Its id, or what stood for it.</param>
/// <param name="Version">Its version.</param>
/// <param name="Message">What to know of it; null for nothing.</param>
/// <param name="IsStored">Whether the collection holds it now.</param>
internal sealed record ObjectOutcome(string Id, string Version, string? Message, bool IsStored);
