namespace Stillwatch.Coordination;

/// <summary>Finds what is typical of some accounts: values that many of their parties use and few outside.</summary>
/// <remarks>Memory 8 bytes a value, reused from group to group; costs what the accounts use. Not thread-safe.</remarks>
internal sealed class TypicalValues
{
    /// <summary>What fewer parties use is typical of no group.</summary>
    public const int MinUsers = 3;

    private const int MaxCore = 96;

    private readonly SharingGraph _graph;
    private readonly GroupingOptions _options;
    private readonly (int Users, int LastParty)[] _counts;
    private readonly List<int> _used = [];
    private readonly List<int> _organized = [];

    public TypicalValues(SharingGraph graph, GroupingOptions options)
    {
        (_graph, _options) = (graph, options);
        _counts = new (int Users, int LastParty)[graph.ValueCount];
    }

    /// <summary>The core of some accounts, each given once; it may be empty.</summary>
    public GroupCore Of(IReadOnlyCollection<int> accounts)
    {
        var parties = CountUsers(accounts);
        var least = Math.Max(MinUsers, _options.MinCoreShare * parties);
        var core = _used
            .Where(value => _counts[value].Users >= least && Lift(value, parties) >= _options.MinCoreLift)
            .Select(value => new CoreValue(value, _counts[value].Users, (double)_counts[value].Users / parties))
            .OrderByDescending(value => value.Members * _graph.Value(value.Value).Weight).ThenBy(value => value.Value)
            .Take(MaxCore).ToArray();
        foreach (var value in _used)
        {
            _counts[value].Users = 0;
        }

        return new GroupCore(core);
    }

    private double Lift(int value, int parties) =>
        (double)_counts[value].Users / parties / ((double)_graph.Value(value).Parties / _graph.PartyCount);

    /// <summary>Counts for every value the parties among the accounts that use it; gives how many parties there are.</summary>
    private int CountUsers(IReadOnlyCollection<int> accounts)
    {
        _used.Clear();
        _organized.Clear();
        var parties = 0;
        foreach (var account in accounts)
        {
            if (_graph.IsAlone(account))
            {
                Count(account);
                parties++;
            }
            else
            {
                _organized.Add(account);
            }
        }

        foreach (var organization in _organized.GroupBy(_graph.PartyOf))
        {
            parties++;
            foreach (var account in organization)
            {
                Count(account);
            }
        }

        return parties;
    }

    private void Count(int account)
    {
        var party = _graph.PartyOf(account);
        foreach (var use in _graph.UsesOf(account))
        {
            Count(use, party);
        }
    }

    private void Count(in ValueUse use, int party)
    {
        ref var count = ref _counts[use.Value];
        if (use.Load <= 0 || (count.Users > 0 && count.LastParty == party))
        {
            return;
        }

        if (count.Users++ == 0)
        {
            _used.Add(use.Value);
        }

        count.LastParty = party;
    }
}
