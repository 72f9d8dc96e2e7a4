using System.Runtime.InteropServices;

namespace Stillwatch.Coordination;

/// <summary>Sums by key, of keys below a bound of which few occur: an array that is cleared at the cost of what was added.</summary>
/// <param name="bound">All keys are below it.</param>
internal sealed class SparseSums(int bound)
{
    private readonly double[] _sums = new double[bound];
    private readonly bool[] _isKey = new bool[bound];
    private readonly List<int> _keys = [];

    /// <summary>The keys in the order of their first addition.</summary>
    public ReadOnlySpan<int> Keys => CollectionsMarshal.AsSpan(_keys);

    /// <summary>The sum of a key; 0 if nothing was added.</summary>
    public double this[int key] => _sums[key];

    /// <summary>Adds to the sum of a key.</summary>
    public void Add(int key, double value)
    {
        if (!_isKey[key])
        {
            _isKey[key] = true;
            _keys.Add(key);
        }

        _sums[key] += value;
    }

    /// <summary>Sorts the keys and gives them.</summary>
    public IReadOnlyList<int> Ascending()
    {
        _keys.Sort();
        return _keys;
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        foreach (var key in _keys)
        {
            (_sums[key], _isKey[key]) = (0, false);
        }

        _keys.Clear();
    }
}
