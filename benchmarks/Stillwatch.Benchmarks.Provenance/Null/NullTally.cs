namespace Stillwatch.Benchmarks.Provenance.Null;

/// <summary>Rejections of each statistic at each level.</summary>
internal sealed class NullTally
{
    private readonly Dictionary<string, long[]> _rows = [];

    public IEnumerable<(string Name, long[] Rejections)> Rows => _rows.Select(static row => (row.Key, row.Value));

    /// <summary>Adds a rejection at every level whose limit the statistic reaches.</summary>
    public void Add(string name, double statistic, double[] limits)
    {
        if (!_rows.TryGetValue(name, out var rejections))
        {
            _rows.Add(name, rejections = new long[limits.Length]);
        }

        for (var level = 0; level < limits.Length; level++)
        {
            rejections[level] += statistic >= limits[level] ? 1 : 0;
        }
    }
}
