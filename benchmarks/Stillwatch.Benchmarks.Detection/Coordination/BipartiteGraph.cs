namespace Stillwatch.Benchmarks.Detection.Coordination;

/// <summary>Accounts and the values they use, each pair once, as compressed sparse rows of both sides. Immutable.</summary>
internal sealed class BipartiteGraph
{
    private readonly int[] _accountStart;
    private readonly int[] _values;
    private readonly int[] _valueStart;
    private readonly int[] _accounts;

    /// <param name="accounts">How many accounts there are, linked or not.</param>
    /// <param name="values">How many values there are, used or not.</param>
    /// <param name="uses">Who uses what; a pair that comes again counts once.</param>
    public BipartiteGraph(int accounts, int values, IEnumerable<(int Account, int Value)> uses)
    {
        var pairs = uses.Select(static use => ((ulong)(uint)use.Account << 32) | (uint)use.Value).ToArray();
        Array.Sort(pairs);
        var distinct = Distinct(pairs);
        (_accountStart, _values) = (new int[accounts + 1], new int[distinct]);
        (_valueStart, _accounts) = (new int[values + 1], new int[distinct]);
        foreach (var pair in pairs.AsSpan(0, distinct))
        {
            _accountStart[(int)(pair >> 32) + 1]++;
            _valueStart[(int)(uint)pair + 1]++;
        }

        Accumulate(_accountStart);
        Accumulate(_valueStart);
        var next = _valueStart.AsSpan(0, values).ToArray();
        for (var i = 0; i < distinct; i++)
        {
            _values[i] = (int)(uint)pairs[i];
            _accounts[next[_values[i]]++] = (int)(pairs[i] >> 32);
        }
    }

    /// <summary>Accounts, linked or not.</summary>
    public int AccountCount => _accountStart.Length - 1;

    /// <summary>Values, used or not.</summary>
    public int ValueCount => _valueStart.Length - 1;

    /// <summary>Pairs of an account and a value.</summary>
    public int EdgeCount => _values.Length;

    /// <summary>What an account uses, ascending.</summary>
    public ReadOnlySpan<int> ValuesOf(int account) => _values.AsSpan(_accountStart[account].._accountStart[account + 1]);

    /// <summary>Who uses a value, ascending.</summary>
    public ReadOnlySpan<int> AccountsOf(int value) => _accounts.AsSpan(_valueStart[value].._valueStart[value + 1]);

    /// <summary>All pairs, by account.</summary>
    public IEnumerable<(int Account, int Value)> Edges()
    {
        for (var account = 0; account < AccountCount; account++)
        {
            for (var i = _accountStart[account]; i < _accountStart[account + 1]; i++)
            {
                yield return (account, _values[i]);
            }
        }
    }

    private static int Distinct(ulong[] ascending)
    {
        var kept = 0;
        for (var i = 0; i < ascending.Length; i++)
        {
            if (i == 0 || ascending[i] != ascending[i - 1])
            {
                ascending[kept++] = ascending[i];
            }
        }

        return kept;
    }

    private static void Accumulate(int[] counts)
    {
        for (var i = 1; i < counts.Length; i++)
        {
            counts[i] += counts[i - 1];
        }
    }
}
