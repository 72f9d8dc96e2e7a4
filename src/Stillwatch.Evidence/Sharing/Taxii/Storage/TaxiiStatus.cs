namespace Stillwatch.Evidence.Sharing.Taxii.Storage;

/// <summary>What became of a post (TAXII 2.1, 4.3).</summary>
/// <param name="Id">Its name.</param>
/// <param name="Owner">Whose post it was; nobody else is told.</param>
/// <param name="RequestedAt">When it was made.</param>
/// <param name="Outcomes">One an object.</param>
internal sealed record TaxiiStatus(Guid Id, string Owner, DateTimeOffset RequestedAt, IReadOnlyList<ObjectOutcome> Outcomes);
