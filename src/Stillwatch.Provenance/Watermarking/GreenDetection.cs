using Stillwatch.Statistics;

namespace Stillwatch.Provenance.Watermarking;

/// <summary>What a search for a green-list mark found.</summary>
/// <param name="Scored">Tokens that count.</param>
/// <param name="Green">Of these, green ones.</param>
/// <param name="Repeats">Tokens left out because they say nothing new.</param>
/// <param name="Test">The p-value, exact or a rigorous bound, for texts that do not depend on the key.</param>
/// <param name="ZScore">The usual standardised count: a score, which is no evidence by itself.</param>
public sealed record GreenDetection(long Scored, long Green, long Repeats, PValue Test, double ZScore);
