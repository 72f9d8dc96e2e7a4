namespace Stillwatch.Campaigns.Evidence;

/// <summary>
/// How often members of independent accounts' groups look interchangeable: one law for groups whose members are well seen, one for the
/// others, because the fewer prompts a member shows, the more often its own topics go unseen.
/// </summary>
/// <remarks>
/// Both are fitted to the groups of the log at hand. Only groups that pass the test of divided work enter, because only these
/// can be taken for campaigns; groups that are mostly interchangeable do not, nor do groups that their members have a part
/// in, because a campaign must not vouch for itself.
/// </remarks>
public sealed class InterchangeabilityNulls
{
    /// <summary>
    /// Mean share that is assumed at least where members are not well seen. Of independent accounts in composed traffic a quarter are taken
    /// for interchangeable at 6 or 7 prompts and few above 16; of those in groups that pass the test of divided work 14 % where they are
    /// not well seen, 3.5 % where they are.
    /// </summary>
    public const double DefaultThinMean = 0.25;

    /// <summary>What the gate asks for by default (<see cref="SuspicionOptions.MinContentLog10"/>).</summary>
    private const double MinPartitionLog10 = 1.5;
    private const double SuspectShare = 0.6;
    private const double MaxSuspects = 0.02;
    private const int MinTested = 5;

    /// <param name="wellSeen">The law of groups whose members are well seen; null for the default.</param>
    /// <param name="thin">The law of other groups; null for the default.</param>
    public InterchangeabilityNulls(InterchangeabilityNull? wellSeen = null, InterchangeabilityNull? thin = null) =>
        (WellSeen, Thin) = (wellSeen ?? new InterchangeabilityNull(), thin ?? new InterchangeabilityNull(DefaultThinMean));

    /// <summary>The law of groups whose members are well seen.</summary>
    public InterchangeabilityNull WellSeen { get; }

    /// <summary>The law of other groups.</summary>
    public InterchangeabilityNull Thin { get; }

    /// <summary>Fits both laws to the groups of a log.</summary>
    public static InterchangeabilityNulls Fit(IEnumerable<GroupObservation> groups)
    {
        ArgumentNullException.ThrowIfNull(groups);
        var passing = groups
            .Where(group => group.Partition.Evidence.Log10 >= MinPartitionLog10 && group.Content.Tested >= MinTested).ToList();
        var suspects = passing.Where(group => group.Content.Share >= SuspectShare).SelectMany(group => group.Group.Members).ToHashSet();
        var reference = passing
            .Where(group => group.Group.Members.Count(suspects.Contains) <= MaxSuspects * group.Group.Members.Count)
            .Select(group => group.Content).ToLookup(static content => content.IsWellSeen);
        return new InterchangeabilityNulls(
            InterchangeabilityNull.Fit([.. reference[true]]), InterchangeabilityNull.Fit([.. reference[false]], DefaultThinMean));
    }

    /// <summary>The law of groups that are seen as well as this one.</summary>
    public InterchangeabilityNull Of(ContentExchangeability group)
    {
        ArgumentNullException.ThrowIfNull(group);
        return group.IsWellSeen ? WellSeen : Thin;
    }
}
