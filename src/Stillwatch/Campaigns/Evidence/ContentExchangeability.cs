using Stillwatch.Statistics;

namespace Stillwatch.Campaigns.Evidence;

/// <summary>How interchangeable the contents of a group's members are.</summary>
/// <param name="IsWellSeen">
/// Whether only members count that show enough to be told from one another (<see cref="ContentExchangeabilityTest.WellSeenPrompts"/>);
/// where they are too few, all with enough prompts for the test count, and topics of their own often go unseen.
/// </param>
/// <param name="Tested">Members that count.</param>
/// <param name="Interchangeable">Of these, members whose prompts are hardly more alike than prompts drawn from the whole group.</param>
/// <param name="WithinSimilarity">Mean similarity of two prompts of one member.</param>
/// <param name="BetweenSimilarity">Mean similarity of two prompts of different members.</param>
public sealed record ContentExchangeability(
    bool IsWellSeen, int Tested, int Interchangeable, double WithinSimilarity, double BetweenSimilarity)
{
    /// <summary>Share of the tested members that are interchangeable; 0 if none could be tested.</summary>
    public double Share => Tested == 0 ? 0 : (double)Interchangeable / Tested;

    /// <summary>
    /// The share of a campaign's members that are interchangeable; the level of the test leaves some out. In composed logs 17 groups of a
    /// campaign's accounts alone had 89 to 100 %, in all 96 %; two groups that held independent accounts besides had 72 and 77 %.
    /// </summary>
    private const double CampaignShare = 0.95;

    private const double MixedLevel = 0.05;

    /// <summary>
    /// Whether fewer are interchangeable than members of one campaign alone would be (binomial, at 5 %): others use what is typical of the
    /// group as well, so that sharing it says of nobody that he belongs.
    /// </summary>
    public bool IsMixed => BinomialTail.AtMost(Interchangeable, Tested, CampaignShare).Probability <= MixedLevel;
}
