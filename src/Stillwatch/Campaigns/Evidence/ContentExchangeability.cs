namespace Stillwatch.Campaigns.Evidence;

/// <summary>How interchangeable the contents of a group's members are.</summary>
/// <param name="Tested">Members with enough prompts to tell.</param>
/// <param name="Interchangeable">Of these, members whose prompts are hardly more alike than prompts drawn from the whole group.</param>
/// <param name="WithinSimilarity">Mean similarity of two prompts of one member.</param>
/// <param name="BetweenSimilarity">Mean similarity of two prompts of different members.</param>
public sealed record ContentExchangeability(int Tested, int Interchangeable, double WithinSimilarity, double BetweenSimilarity)
{
    /// <summary>Share of the tested members that are interchangeable; 0 if none could be tested.</summary>
    public double Share => Tested == 0 ? 0 : (double)Interchangeable / Tested;
}
