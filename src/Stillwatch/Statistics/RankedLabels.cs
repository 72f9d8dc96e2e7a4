namespace Stillwatch.Statistics;

/// <summary>
/// Members of known truth in falling order of their scores, as the running numbers of positives and negatives after each group of equal
/// scores.
/// </summary>
internal readonly ref struct RankedLabels
{
    private RankedLabels(ReadOnlySpan<int> positives, ReadOnlySpan<int> negatives)
    {
        Positives = positives;
        Negatives = negatives;
    }

    /// <summary>Positives with at least the score of each group, highest score first.</summary>
    internal ReadOnlySpan<int> Positives { get; }

    /// <summary>Negatives with at least the score of each group, highest score first.</summary>
    internal ReadOnlySpan<int> Negatives { get; }

    internal static RankedLabels Of(ReadOnlySpan<double> scores, ReadOnlySpan<bool> positive)
    {
        Argument.ThrowIfLengthsDiffer(scores.Length, positive.Length, nameof(positive));
        if (scores.Contains(double.NaN))
        {
            throw new ArgumentException("A score is not a number; give such members negative infinity to rank them last.", nameof(scores));
        }

        var (ascending, labels) = (scores.ToArray(), positive.ToArray());
        Array.Sort(ascending, labels);
        var (positives, negatives) = (new int[scores.Length], new int[scores.Length]);
        var (groups, above, below) = (0, 0, 0);
        for (var i = ascending.Length - 1; i >= 0; i--)
        {
            (above, below) = labels[i] ? (above + 1, below) : (above, below + 1);
            (positives[groups], negatives[groups]) = (above, below);
            groups += i == 0 || ascending[i - 1] != ascending[i] ? 1 : 0;
        }

        return new(positives.AsSpan(0, groups), negatives.AsSpan(0, groups));
    }
}
