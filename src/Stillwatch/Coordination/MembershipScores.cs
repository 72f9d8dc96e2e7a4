namespace Stillwatch.Coordination;

/// <summary>How much of what is typical of a group each account shares, relative to the group's average member.</summary>
/// <remarks>
/// score(a) = Σ w·share over the typical values the account uses / Σ w·share² over all of them, so that the average member has score 1
/// and an account that uses one popular part of a rich core has a score near 0. Memory 8 bytes an account, reused from group to group;
/// scoring costs the uses of the typical values. Not thread-safe.
/// </remarks>
internal sealed class MembershipScores
{
    private readonly SharingGraph _graph;
    private readonly double[] _scores;
    private readonly List<int> _scored = [];
    private GroupCore? _core;

    public MembershipScores(SharingGraph graph) => (_graph, _scores) = (graph, new double[graph.AccountCount]);

    /// <summary>The account's score; 0 if it uses nothing typical.</summary>
    public double this[int account] => _scores[account];

    /// <summary>Scores all accounts by what is typical of a group; at no cost if that was the last thing it did.</summary>
    public void Score(GroupCore core)
    {
        if (ReferenceEquals(core, _core))
        {
            return;
        }

        Clear();
        _core = core;
        var average = core.Values.Sum(value => _graph.Value(value.Value).Weight * value.Share * value.Share);
        foreach (var value in core.Values)
        {
            var weight = _graph.Value(value.Value).Weight * value.Share / average;
            foreach (var user in _graph.UsersOf(value.Value))
            {
                if (_scores[user] == 0)
                {
                    _scored.Add(user);
                }

                _scores[user] += weight;
            }
        }
    }

    /// <summary>The accounts with at least a score, in no particular order.</summary>
    public List<int> AtLeast(double score)
    {
        var accounts = new List<int>();
        foreach (var account in _scored)
        {
            if (_scores[account] >= score)
            {
                accounts.Add(account);
            }
        }

        return accounts;
    }

    /// <summary>The scores of all accounts that use anything typical, but for some, ascending.</summary>
    public double[] Outside(IEnumerable<int> members)
    {
        var inside = members.ToHashSet();
        var scores = _scored.Where(account => !inside.Contains(account)).Select(account => _scores[account]).ToArray();
        Array.Sort(scores);
        return scores;
    }

    private void Clear()
    {
        foreach (var account in _scored)
        {
            _scores[account] = 0;
        }

        _scored.Clear();
    }
}
