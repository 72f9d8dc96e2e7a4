namespace Stillwatch.Campaigns.Reasons;

/// <summary>How a reason enters the decision.</summary>
public enum ReasonRole
{
    /// <summary>One of the two tests of content; the weaker counts in full, and no campaign is reported without both.</summary>
    Gate,

    /// <summary>Counts where the group was found on the other side; where it was found by this, it is told and counts nothing.</summary>
    Sharing,

    /// <summary>Counts: averaged with what belongs to its side, then as a bet of half the stake.</summary>
    Corroboration,

    /// <summary>Told so that a person can judge; counts nothing.</summary>
    Told,

    /// <summary>Why an account is in a campaign or near it; the campaign's own reasons carry the evidence.</summary>
    Membership,

    /// <summary>What others know: it raises an account to review by a person, and never to more.</summary>
    Referral,
}
