using Stillwatch.Campaigns.Reasons;
using Stillwatch.Statistics;
using static System.FormattableString;

namespace Stillwatch.Campaigns.Evidence;

/// <summary>What the members' lives tell, in sentences.</summary>
internal static class LifecycleReasons
{
    public static EvidenceFinding Pivot(int moved, int comparable, double share, EValue value) => new(
        EvidenceKind.ModelPivot,
        ReasonCodes.ModelPivot,
        value,
        Invariant($"{moved} of {comparable} members that were active then took up the new model within 24 hours of its ")
        + Invariant($"release, against {share:P0} of all other accounts."));

    public static EvidenceFinding Burst(CreationBurstResult burst, PValue chance, EValue value) => new(
        EvidenceKind.CreationBurst,
        ReasonCodes.CreationBurst,
        value,
        Invariant($"{burst.Companions} of {burst.Known} members were registered within an hour of another member; the probability of that ")
        + Invariant($"among independent accounts is at most {chance}."));

    public static EvidenceFinding Replacement(ReplacementResult replaced, EValue value) => new(
        EvidenceKind.Replacement,
        ReasonCodes.Replacement,
        value,
        Invariant($"When a member stops, a new one begins after {replaced.HoursToBeginning:F1} hours (median), while from a beginning ")
        + Invariant($"to the next end it takes {replaced.HoursToEnding:F1} hours: the beginning came sooner in {replaced.Sooner} of ")
        + Invariant($"{replaced.Pairs} comparisons."));
}
