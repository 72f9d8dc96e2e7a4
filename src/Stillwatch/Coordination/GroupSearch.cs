namespace Stillwatch.Coordination;

/// <summary>Finds the candidate groups of one community: its dense blocks, refined, and the groups inside these.</summary>
/// <remarks>One instance a thread.</remarks>
internal sealed class GroupSearch
{
    /// <summary>How many groups inside groups are looked at.</summary>
    private const int MaxDepth = 4;

    /// <summary>How many dense blocks of one community are looked at.</summary>
    private const int MaxBlocks = 12;

    private readonly SharingGraph _graph;
    private readonly int _minParties;
    private readonly GroupRefinement _refinement;
    private readonly RefinementMemory _memory;
    private readonly DenseBlock _dense;

    /// <param name="graph">Who uses what.</param>
    /// <param name="view">The side of the graph.</param>
    /// <param name="options">What makes a group.</param>
    /// <param name="memory">What all threads know.</param>
    public GroupSearch(SharingGraph graph, SharingView view, GroupingOptions options, RefinementMemory memory)
    {
        (_graph, _minParties, _memory) = (graph, options.MinParties, memory);
        (_refinement, _dense) = (new GroupRefinement(graph, view, options, memory), new DenseBlock(graph));
    }

    /// <summary>The groups of a community, each once.</summary>
    public HashSet<CandidateGroup> Find(List<int> community)
    {
        var groups = new HashSet<CandidateGroup>(ReferenceEqualityComparer.Instance);
        foreach (var block in Blocks(community))
        {
            var group = _refinement.Refine(block);
            for (var depth = 0; group is not null && depth < MaxDepth; depth++)
            {
                groups.Add(group);
                group = _memory.Inside.GetOrAdd(group, Inside);
            }
        }

        return groups;
    }

    /// <summary>Dense blocks of a community, one after the other, each found in what the ones before left over.</summary>
    private IEnumerable<List<int>> Blocks(List<int> community)
    {
        var rest = community;
        foreach (var parties in _dense.FindAll(community).Take(MaxBlocks))
        {
            yield return rest.FindAll(account => parties.Contains(_graph.PartyOf(account)));
            rest = rest.FindAll(account => !parties.Contains(_graph.PartyOf(account)));
            if (rest.Count < _minParties)
            {
                yield break;
            }
        }
    }

    /// <summary>The denser group inside a group, which may hide behind something that a larger circle shares; null for none.</summary>
    private CandidateGroup? Inside(CandidateGroup group)
    {
        var parties = _dense.FindInside(group.Members);
        return _refinement.RefineInside(group, group.Members.Where(member => parties.Contains(_graph.PartyOf(member))).ToList());
    }
}
