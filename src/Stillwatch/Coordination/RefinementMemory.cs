using System.Collections.Concurrent;

namespace Stillwatch.Coordination;

/// <summary>What the threads that refine groups of one graph have worked out: functions of cores, and of groups, alone.</summary>
/// <remarks>That two threads may work out the same at once changes nothing, as the first result is the one that all of them get.</remarks>
internal sealed class RefinementMemory
{
    /// <summary>How many accounts share enough of a core; 0 if they are too few.</summary>
    public ConcurrentDictionary<GroupCore, int> MemberCounts { get; } = new();

    /// <summary>The core of these accounts.</summary>
    public ConcurrentDictionary<GroupCore, GroupCore> Next { get; } = new();

    /// <summary>The group of a core.</summary>
    public ConcurrentDictionary<GroupCore, CandidateGroup> Groups { get; } = new();

    /// <summary>The denser group inside a group; null for none.</summary>
    public ConcurrentDictionary<CandidateGroup, CandidateGroup?> Inside { get; } = new(ReferenceEqualityComparer.Instance);
}
