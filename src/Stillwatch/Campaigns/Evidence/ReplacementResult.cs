using Stillwatch.Statistics;

namespace Stillwatch.Campaigns.Evidence;

/// <summary>How soon members begin after others end.</summary>
/// <param name="HoursToBeginning">Hours from an ending to the beginning that follows it, the middle one.</param>
/// <param name="HoursToEnding">Hours from a beginning to the ending that follows it, the middle one.</param>
/// <param name="Sooner">Comparisons in which the beginning came sooner.</param>
/// <param name="Pairs">Comparisons.</param>
/// <param name="Chance">Probability of so many among members who come and go by themselves.</param>
public sealed record ReplacementResult(double HoursToBeginning, double HoursToEnding, int Sooner, int Pairs, PValue Chance);
