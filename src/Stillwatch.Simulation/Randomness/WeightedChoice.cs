namespace Stillwatch.Simulation.Randomness;

/// <summary>Draws an index with probability proportional to its weight, by bisection of the cumulative weights.</summary>
internal sealed class WeightedChoice
{
    private readonly double[] _cumulative;

    /// <param name="weights">At least one; not negative, not all zero.</param>
    public WeightedChoice(IEnumerable<double> weights)
    {
        var total = 0.0;
        _cumulative = [.. weights.Select(weight => total += weight)];
    }

    public int Count => _cumulative.Length;

    public int Draw(ref RandomStream stream)
    {
        var index = Array.BinarySearch(_cumulative, stream.Unit() * _cumulative[^1]);
        return Math.Min(Count - 1, index < 0 ? ~index : index + 1);
    }
}
