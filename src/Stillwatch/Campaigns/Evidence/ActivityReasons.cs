using Stillwatch.Campaigns.Reasons;
using Stillwatch.Statistics;
using static System.FormattableString;

namespace Stillwatch.Campaigns.Evidence;

/// <summary>What loads and hours tell, in sentences.</summary>
internal static class ActivityReasons
{
    public static EvidenceFinding Balance(List<double> loads, double spread, PValue chance, EValue value)
    {
        loads.Sort();
        return new EvidenceFinding(
            EvidenceKind.LoadBalance,
            ReasonCodes.LoadBalance,
            value,
            Invariant($"The middle half of the members has {loads[loads.Count / 4]:F0} to {loads[loads.Count * 3 / 4]:F0} ")
            + Invariant($"interactions each (spread of the logarithm {spread:F2}); as many accounts drawn from all groups ")
            + Invariant($"are as equal with probability {chance}."));
    }

    public static EvidenceFinding Hours(double overlap, PValue chance, EValue value) => new(
        EvidenceKind.SynchronizedActivity,
        ReasonCodes.SynchronizedActivity,
        value,
        Invariant($"Members' hours of the day overlap by {overlap:P0} on average; as many accounts drawn from all ")
        + Invariant($"groups overlap as much with probability {chance}."));
}
