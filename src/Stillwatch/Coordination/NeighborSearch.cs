using Stillwatch.Sketching;

namespace Stillwatch.Coordination;

/// <summary>Finds one account's neighbours; the buffers of one thread.</summary>
internal sealed class NeighborSearch
{
    private readonly SharingGraph _graph;
    private readonly NeighborOptions _options;
    private readonly HashSet<int> _compared = [];
    private readonly List<Neighbor> _found = [];
    private readonly List<ValueUse> _heaviest = [];

    public NeighborSearch(SharingGraph graph, NeighborOptions options) => (_graph, _options) = (graph, options);

    /// <summary>The most similar accounts of other parties, the most similar first; ties go by identity.</summary>
    public Neighbor[] Find(int account)
    {
        _compared.Clear();
        _found.Clear();
        _compared.Add(account);
        foreach (var use in Heaviest(account))
        {
            Compare(account, use.Value);
        }

        _found.Sort((left, right) => left.Similarity != right.Similarity
            ? right.Similarity.CompareTo(left.Similarity)
            : _graph.IdentityOf(left.Account).CompareTo(_graph.IdentityOf(right.Account)));
        return _found.Take(_options.Kept).ToArray();
    }

    private IEnumerable<ValueUse> Heaviest(int account)
    {
        _heaviest.Clear();
        foreach (var use in _graph.UsesOf(account))
        {
            if (use.Load > 0 && _graph.Value(use.Value).Parties <= _options.MaxParties)
            {
                _heaviest.Add(use);
            }
        }

        _heaviest.Sort(static (left, right) =>
            left.Load != right.Load ? right.Load.CompareTo(left.Load) : left.Value.CompareTo(right.Value));
        return _heaviest.Take(_options.ValuesFollowed);
    }

    private void Compare(int account, int value)
    {
        var users = _graph.UsersOf(value);
        if (users.Length <= _options.UsersCompared + 1)
        {
            foreach (var user in users)
            {
                CompareAccounts(account, user);
            }

            return;
        }

        var draw = XxHash64.Combine(_graph.IdentityOf(account), _graph.Value(value).Hash);
        for (var i = 0; i < _options.UsersCompared; i++)
        {
            draw = XxHash64.Avalanche(draw + 1);
            CompareAccounts(account, users[(int)(draw % (ulong)users.Length)]);
        }
    }

    private void CompareAccounts(int account, int other)
    {
        if (_graph.PartyOf(account) == _graph.PartyOf(other) || !_compared.Add(other))
        {
            return;
        }

        var similarity = _graph.Similarity(account, other);
        if (similarity >= _options.MinSimilarity)
        {
            _found.Add(new Neighbor(other, similarity));
        }
    }
}
