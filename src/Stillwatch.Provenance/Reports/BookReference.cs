namespace Stillwatch.Provenance.Reports;

/// <summary>A book of canaries as a report names it: without its secret.</summary>
/// <param name="Subject">What the log calls it.</param>
/// <param name="Commitment">What was committed to.</param>
/// <param name="Pairs">Pairs of canaries in it.</param>
public sealed record BookReference(string Subject, string Commitment, int Pairs);
