using Stillwatch.Campaigns.Reasons;
using Stillwatch.Statistics;
using static System.FormattableString;

namespace Stillwatch.Campaigns.Evidence;

/// <summary>What loads and hours tell, in sentences.</summary>
internal static class ActivityReasons
{
    public static EvidenceFinding Balance(List<double> loads, ActivityResult result, PValue chance, EValue value)
    {
        loads.Sort();
        return new EvidenceFinding(
            EvidenceKind.LoadBalance,
            ReasonCodes.LoadBalance,
            value,
            Invariant($"The middle half of the members has {loads[loads.Count / 4]:F0} to {loads[loads.Count * 3 / 4]:F0} ")
            + Invariant($"interactions each (spread of the logarithm {result.Figure:F2}); independent accounts ")
            + Invariant($"are as equal with probability {chance} at most."));
    }

    public static EvidenceFinding Hours(ActivityResult result, PValue chance, EValue value) => new(
        EvidenceKind.SynchronizedActivity,
        ReasonCodes.SynchronizedActivity,
        value,
        Invariant($"Members' hours of the day overlap by {result.Figure:P0} on average; those of independent accounts ")
        + Invariant($"overlap as much with probability {chance} at most."));
}
