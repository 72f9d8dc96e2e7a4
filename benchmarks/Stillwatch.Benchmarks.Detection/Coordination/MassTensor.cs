namespace Stillwatch.Benchmarks.Detection.Coordination;

/// <summary>A sparse tensor: tuples of one value a mode, with their mass. The first mode is the accounts.</summary>
/// <remarks>Equal tuples are merged. Immutable.</remarks>
internal sealed class MassTensor
{
    private readonly int[] _values;

    /// <param name="sizes">How many values each mode may have; the first is the number of accounts.</param>
    /// <param name="tuples">One value a mode and the mass, above 0.</param>
    public MassTensor(IReadOnlyList<int> sizes, IEnumerable<(int[] Values, double Mass)> tuples)
    {
        Sizes = [.. sizes];
        var merged = new SortedDictionary<int[], double>(Comparer<int[]>.Create(static (x, y) => x.AsSpan().SequenceCompareTo(y)));
        foreach (var (values, mass) in tuples)
        {
            merged[values] = merged.GetValueOrDefault(values) + mass;
        }

        _values = [.. merged.Keys.SelectMany(static values => values)];
        Masses = [.. merged.Values];
    }

    /// <summary>The range of each mode's values.</summary>
    public IReadOnlyList<int> Sizes { get; }

    /// <summary>Modes.</summary>
    public int Order => Sizes.Count;

    /// <summary>Tuples.</summary>
    public int Count => Masses.Length;

    /// <summary>The mass of each tuple.</summary>
    public double[] Masses { get; }

    /// <summary>The value of a tuple in a mode.</summary>
    public int Value(int tuple, int mode) => _values[(tuple * Sizes.Count) + mode];
}
