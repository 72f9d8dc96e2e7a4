namespace Stillwatch.Coordination;

/// <summary>
/// Turns a dense block into a candidate group: finds what is typical of it, lets go whoever shares little of that, takes in whoever
/// shares as much, and repeats until nothing changes.
/// </summary>
/// <remarks>
/// The alternation of CopyCatch (Beutel et al., WWW 2013) between the accounts and the values of a dense block, with soft scores
/// (<see cref="MembershipScores"/>). What a core leads to is a function of the core alone, and many blocks lead to the same cores, so it is
/// remembered. One instance a thread.
/// </remarks>
internal sealed class GroupRefinement
{
    /// <summary>
    /// Where a campaign lies within a larger circle, the circle shrinks by a few accounts a round at first; nearly all blocks are done
    /// after six, and what breaks off too early is a group with strangers in it.
    /// </summary>
    private const int MaxRounds = 24;

    /// <summary>
    /// A block that would grow more than this many times is drawn into something that a far larger circle shares, which is found from that
    /// circle's own blocks.
    /// </summary>
    private const int MaxGrowth = 20;

    /// <summary>Smaller blocks may grow as blocks of this size.</summary>
    private const int SmallBlock = 50;

    /// <summary>An account whose score reaches this share of what a member needs is worth a look.</summary>
    private const double NearbyShare = 0.7;

    private readonly SharingGraph _graph;
    private readonly SharingView _view;
    private readonly GroupingOptions _options;
    private readonly RefinementMemory _memory;
    private readonly MembershipScores _scores;
    private readonly TypicalValues _typical;

    /// <param name="graph">Who uses what.</param>
    /// <param name="view">The side of the graph.</param>
    /// <param name="options">What makes a group.</param>
    /// <param name="memory">What all threads know.</param>
    public GroupRefinement(SharingGraph graph, SharingView view, GroupingOptions options, RefinementMemory memory)
    {
        (_graph, _view, _options, _memory) = (graph, view, options, memory);
        (_scores, _typical) = (new MembershipScores(graph), new TypicalValues(graph, options));
    }

    /// <summary>The group that a block, accounts each given once, refines to; null if nothing holds it together.</summary>
    /// <remarks>The same group is the same object.</remarks>
    public CandidateGroup? Refine(IReadOnlyCollection<int> block) =>
        Refine(block, MaxGrowth * Math.Max(SmallBlock, block.Count));

    /// <summary>The smaller group that some members of a group refine to; null for none.</summary>
    public CandidateGroup? RefineInside(CandidateGroup group, IReadOnlyCollection<int> members) => Refine(members, group.Members.Count - 1);

    private CandidateGroup? Refine(IReadOnlyCollection<int> block, int most)
    {
        var core = _typical.Of(block);
        for (var round = 0; round < MaxRounds; round++)
        {
            var members = _memory.MemberCounts.GetOrAdd(core, CountMembers);
            if (members < _options.MinParties || members > most)
            {
                return null;
            }

            var next = _memory.Next.GetOrAdd(core, Next);
            if (next.Equals(core) || round == MaxRounds - 1)
            {
                break;
            }

            core = next;
        }

        return _memory.Groups.GetOrAdd(core, Group);
    }

    /// <summary>How many accounts share enough of a core; 0 if they are too few parties.</summary>
    private int CountMembers(GroupCore core)
    {
        if (core.Values.Count == 0)
        {
            return 0;
        }

        _scores.Score(core);
        var members = _scores.AtLeast(_options.MinMemberScore);
        return HasEnoughParties(members) ? members.Count : 0;
    }

    /// <summary>The core of those who share enough of a core.</summary>
    private GroupCore Next(GroupCore core)
    {
        _scores.Score(core);
        return _typical.Of(_scores.AtLeast(_options.MinMemberScore));
    }

    private CandidateGroup Group(GroupCore core)
    {
        _scores.Score(core);
        var near = _scores.AtLeast(NearbyShare * _options.MinMemberScore).Order().ToLookup(IsMember);
        var members = near[true].ToArray();
        return new CandidateGroup(
            _view,
            members,
            Array.ConvertAll(members, member => _scores[member]),
            core.Values,
            members.Select(_graph.PartyOf).Distinct().Count(),
            near[false].Select(account => (account, _scores[account])).ToArray());
    }

    private bool IsMember(int account) => _scores[account] >= _options.MinMemberScore;

    private bool HasEnoughParties(List<int> members)
    {
        var parties = new HashSet<int>();
        foreach (var member in members)
        {
            if (parties.Add(_graph.PartyOf(member)) && parties.Count >= _options.MinParties)
            {
                return true;
            }
        }

        return false;
    }
}
