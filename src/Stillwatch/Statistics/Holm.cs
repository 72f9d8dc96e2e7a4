namespace Stillwatch.Statistics;

/// <summary>
/// Holm's step-down correction: controls the probability of even one false rejection in a family, whatever the dependence.
/// </summary>
/// <remarks>Holm, "A simple sequentially rejective multiple test procedure", Scandinavian Journal of Statistics 1979. Stateless.</remarks>
public static class Holm
{
    /// <summary>
    /// The adjusted p-values, in the order given: rejecting those of at most a level makes a false rejection with probability at most that
    /// level. None for none.
    /// </summary>
    public static IReadOnlyList<PValue> Adjust(ReadOnlySpan<PValue> values)
    {
        var order = new int[values.Length];
        for (var i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }

        var keys = values.ToArray();
        Array.Sort(keys, order);
        var adjusted = new PValue[values.Length];
        var highest = double.NegativeInfinity;
        for (var rank = 0; rank < order.Length; rank++)
        {
            highest = Math.Max(highest, Math.Min(0, keys[rank].Log10 + Math.Log10(order.Length - rank)));
            adjusted[order[rank]] = PValue.FromLog10(highest);
        }

        return adjusted;
    }
}
