namespace Stillwatch.Coordination;

/// <summary>A similar account.</summary>
/// <param name="Account">Its index.</param>
/// <param name="Similarity">Cosine of what both share, in (0, 1].</param>
public readonly record struct Neighbor(int Account, float Similarity);
