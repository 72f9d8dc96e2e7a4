namespace Stillwatch.Provenance.Extraction;

/// <summary>What an attack has read: for each prompt a row of logits, but for a constant.</summary>
/// <param name="Tokens">The tokens that the columns are of.</param>
/// <param name="Rows">A row for each prompt of which all could be read.</param>
/// <param name="Coverage">The share of the values asked for that could be read.</param>
/// <param name="Queries">Requests it took.</param>
public sealed record LogitRows(IReadOnlyList<int> Tokens, IReadOnlyList<double[]> Rows, double Coverage, long Queries);
