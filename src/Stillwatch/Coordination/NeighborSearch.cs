using Stillwatch.Sketching;

namespace Stillwatch.Coordination;

/// <summary>Finds one account's neighbours; the buffers of one thread.</summary>
/// <remarks>
/// The graph is far larger than the processor's caches, and each comparison meets three places of it. Candidates are therefore collected
/// first, then looked up, then compared, so that their misses overlap instead of following each other.
/// </remarks>
internal sealed class NeighborSearch
{
    /// <summary>
    /// Of accounts all of whose values have more parties than this, so many of the rarest value's are searched from, drawn by identity:
    /// enough to see a group that the value holds together, which refinement then completes.
    /// </summary>
    private const int SearchedOfPopular = 4096;

    private readonly SharingGraph _graph;
    private readonly NeighborOptions _options;
    private readonly HashSet<int> _compared = [];
    private readonly List<int> _candidates = [];
    private readonly List<Neighbor> _found = [];
    private readonly List<ValueUse> _heaviest = [];
    private readonly Comparison<Neighbor> _bySimilarity;

    public NeighborSearch(SharingGraph graph, NeighborOptions options)
    {
        (_graph, _options) = (graph, options);
        _bySimilarity = (left, right) => left.Similarity != right.Similarity
            ? right.Similarity.CompareTo(left.Similarity)
            : graph.IdentityOf(left.Account).CompareTo(graph.IdentityOf(right.Account));
    }

    /// <summary>The most similar accounts of other parties, the most similar first; ties go by identity.</summary>
    public Neighbor[] Find(int account)
    {
        _found.Clear();
        if (!Collect(account))
        {
            return [];
        }

        _graph.Fetch(_candidates);
        foreach (var candidate in _candidates)
        {
            var similarity = _graph.Similarity(account, candidate);
            if (similarity >= _options.MinSimilarity && _graph.PartyOf(candidate) != _graph.PartyOf(account))
            {
                _found.Add(new Neighbor(candidate, similarity));
            }
        }

        _found.Sort(_bySimilarity);
        return _found.GetRange(0, Math.Min(_found.Count, _options.Kept)).ToArray();
    }

    /// <summary>Whether there is anything to compare with.</summary>
    private bool Collect(int account)
    {
        _candidates.Clear();
        if (!FollowHeaviest(account))
        {
            return false;
        }

        _compared.Clear();
        _compared.Add(account);
        foreach (var use in _heaviest)
        {
            Draw(account, use.Value);
        }

        return _candidates.Count > 0;
    }

    /// <summary>Chooses the values to follow; false if there are none, or the account stays out as one of very many.</summary>
    private bool FollowHeaviest(int account)
    {
        _heaviest.Clear();
        var rarest = int.MaxValue;
        foreach (var use in _graph.UsesOf(account))
        {
            var parties = _graph.Value(use.Value).Parties;
            if (use.Load > 0 && parties <= _options.MaxParties)
            {
                _heaviest.Add(use);
                rarest = Math.Min(rarest, parties);
            }
        }

        if (_heaviest.Count == 0 || IsLeftOut(account, rarest))
        {
            return false;
        }

        _heaviest.Sort(static (left, right) =>
            left.Load != right.Load ? right.Load.CompareTo(left.Load) : left.Value.CompareTo(right.Value));
        if (_heaviest.Count > _options.ValuesFollowed)
        {
            _heaviest.RemoveRange(_options.ValuesFollowed, _heaviest.Count - _options.ValuesFollowed);
        }

        return true;
    }

    private bool IsLeftOut(int account, int rarest) =>
        rarest > SearchedOfPopular && XxHash64.Avalanche(_graph.IdentityOf(account)) % (ulong)rarest >= SearchedOfPopular;

    private void Draw(int account, int value)
    {
        var users = _graph.UsersOf(value);
        if (users.Length <= _options.UsersCompared + 1)
        {
            foreach (var user in users)
            {
                Add(user);
            }

            return;
        }

        var draw = XxHash64.Combine(_graph.IdentityOf(account), _graph.Value(value).Hash);
        for (var i = 0; i < _options.UsersCompared; i++)
        {
            draw = XxHash64.Avalanche(draw + 1);
            Add(users[(int)(draw % (ulong)users.Length)]);
        }
    }

    private void Add(int user)
    {
        if (_compared.Add(user))
        {
            _candidates.Add(user);
        }
    }
}
