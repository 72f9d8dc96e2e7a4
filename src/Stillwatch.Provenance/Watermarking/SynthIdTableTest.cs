using Stillwatch.Statistics;

namespace Stillwatch.Provenance.Watermarking;

/// <summary>A valid p-value for the table variant of SynthID-Text, conditional on the table.</summary>
/// <remarks>
/// The null hypothesis is that the text does not depend on the layer keys, and that these were drawn independently and uniformly modulo
/// 2^16. Then the number of ones that a layer gives is the value, at a uniformly random place, of a known function: how many ones the
/// counted states fall on if the key were k. All 65,536 values are computed, and the sum over the layers is judged by Chernoff's bound
/// with exactly this distribution; repeated n-grams and n-grams that share a state need no exception. Keys of a narrower range (the
/// published ones are below 1024) make it a score.
/// </remarks>
public sealed class SynthIdTableTest
{
    private readonly SynthIdTextTable _table;
    private readonly int[] _counts = new int[SynthIdTextTable.Size];
    private long _ngrams;

    /// <param name="table">The scheme.</param>
    public SynthIdTableTest(SynthIdTextTable table) => _table = table;

    /// <summary>Takes in a text.</summary>
    /// <param name="tokens">Ids; a text shorter than an n-gram says nothing.</param>
    public void Add(ReadOnlySpan<int> tokens)
    {
        for (var end = _table.NgramLength; end <= tokens.Length; end++)
        {
            _counts[_table.StateOf(tokens[(end - _table.NgramLength)..end])]++;
            _ngrams++;
        }
    }

    /// <summary>N-grams so far.</summary>
    public long Ngrams => _ngrams;

    /// <summary>The p-value.</summary>
    public PValue Test()
    {
        if (_ngrams == 0)
        {
            return PValue.One;
        }

        var ones = OnesOfEveryKey();
        var observed = 0.0;
        for (var layer = 0; layer < _table.Depth; layer++)
        {
            observed += ones[_table.KeyState(layer)];
        }

        return TestOf(ones, observed, _table.Depth);
    }

    /// <summary>The p-value of a total over all layers, given what every key would count in one layer.</summary>
    internal static PValue TestOf(double[] ones, double total, int depth) =>
        PValue.FromNaturalLog(depth * Bound([.. ones.GroupBy(static value => value).Select(Frequency)], total / depth));

    /// <summary>The usual z over all bits: a score, whose standard deviation grows with the text instead of being 1.</summary>
    public double NaiveZScore()
    {
        var ones = 0.0;
        for (var layer = 0; layer < _table.Depth; layer++)
        {
            ones += OnesOf(_table.KeyState(layer));
        }

        var bits = (double)_ngrams * _table.Depth;
        return bits == 0 ? 0 : (ones - bits / 2) / Math.Sqrt(bits / 4);
    }

    private double OnesOf(int key)
    {
        var ones = 0.0;
        for (var state = 0; state < _counts.Length; state++)
        {
            ones += _table.Table[SynthIdTextTable.Place(state, key)] * (double)_counts[state];
        }

        return ones;
    }

    /// <summary>
    /// A circular correlation of the counts with the table as states see it; by the states that occur, or by a transform.
    /// </summary>
    internal double[] OnesOfEveryKey()
    {
        var seen = new byte[SynthIdTextTable.Size];
        for (var state = 0; state < seen.Length; state++)
        {
            seen[state] = _table.Table[SynthIdTextTable.Place(state, 0)];
        }

        return CircularCorrelation.Of(_counts, seen);
    }

    private static (double Value, double Probability) Frequency(IGrouping<double, double> equal) =>
        (equal.Key, (double)equal.Count() / SynthIdTextTable.Size);

    /// <summary>The least of ln E[e^(t X)] - t x over t of at least 0, for one layer; 0 if x lies below the mean.</summary>
    private static double Bound((double Value, double Probability)[] values, double observed)
    {
        var mean = values.Sum(value => value.Value * value.Probability);
        var scale = Math.Sqrt(values.Sum(value => value.Probability * (value.Value - mean) * (value.Value - mean)));
        if (observed <= mean || scale == 0)
        {
            return 0;
        }

        var (low, high) = (0.0, 1e6 / scale);
        for (var step = 0; step < 100; step++)
        {
            var (left, right) = (low + (high - low) / 3, high - (high - low) / 3);
            (low, high) = LogMoment(values, observed, left) < LogMoment(values, observed, right) ? (low, right) : (left, high);
        }

        return Math.Min(0, LogMoment(values, observed, low));
    }

    /// <summary>ln of the mean of e^(t (value - observed)).</summary>
    private static double LogMoment((double Value, double Probability)[] values, double observed, double tilt)
    {
        var highest = tilt * (values.Max(value => value.Value) - observed);
        return highest + Math.Log(values.Sum(value => value.Probability * Math.Exp(tilt * (value.Value - observed) - highest)));
    }
}
