namespace Stillwatch.Evidence.Sharing.Taxii.Storage;

/// <summary>A part of an answer.</summary>
/// <param name="Versions">What is on it, in the order of adding.</param>
/// <param name="Next">Names the next page; null where there is none.</param>
internal sealed record TaxiiPage(IReadOnlyList<StoredVersion> Versions, string? Next);
